import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Volume } from '../../../src/cluster/PodSpec.ts';
import type { CsiNode, PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../src/cluster/Storage.ts';
import { explainDecision } from '../../../src/scheduler/explainDecision.ts';
import { SchedulerState } from '../../../src/scheduler/SchedulerState.ts';
import { scheduleOne } from '../../../src/scheduler/scheduleOne.ts';
import { aClaim, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

const ZONE = 'topology.kubernetes.io/zone';
const nodes = ['a', 'b'].map((name) => aNode(name, { labels: { [ZONE]: `zone-${name}` } }));

describe('volumes of a pod', () => {
  it.each<[string, Partial<ClusterObjects>, string]>([
    ['a claim that does not exist', {}, 'persistentvolumeclaim "data" not found'],
    ['a claim that is being deleted', { claims: [bound({ isBeingDeleted: true })] }, 'persistentvolumeclaim "data" is being deleted'],
    [
      'a claim that lost its volume',
      { claims: [bound({ phase: 'Lost' })] },
      'persistentvolumeclaim "data" bound to non-existent persistentvolume "pv"',
    ],
    [
      'a claim to be bound at once that is not',
      { claims: [waiting()], storageClasses: [aClass({ volumeBindingMode: 'Immediate' })] },
      'pod has unbound immediate PersistentVolumeClaims',
    ],
  ])('keep it from being scheduled anywhere: %s', (_why, objects, reason) => {
    expect(explain(objects).outright?.reasons).toEqual([reason]);
  });

  it('refuse nodes from which a bound volume cannot be reached', () => {
    const objects = { claims: [bound()], persistentVolumes: [aVolume({ nodeAffinity: [onNode('b')] })] };
    expect(refusals(objects)).toEqual({ a: ["node(s) didn't match PersistentVolume's node affinity"], b: [] });
  });

  it('refuse every node when the bound volume does not exist', () => {
    const gone = ['node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)'];
    expect(refusals({ claims: [bound()] })).toEqual({ a: gone, b: gone });
  });

  it('refuse nodes outside the zone that the label of a bound volume names', () => {
    const objects = { claims: [bound()], persistentVolumes: [aVolume({ labels: { [ZONE]: 'zone-x__zone-a' } })] };
    expect(refusals(objects)).toEqual({ a: [], b: ['node(s) had no available volume zone'] });
  });

  it('leave only the node with a free local volume to a claim that waits for its first consumer', () => {
    const free = aVolume({ name: 'local-b', claimRef: undefined, phase: 'Available', nodeAffinity: [onNode('b')] });
    const objects = { claims: [waiting()], storageClasses: [aClass({})], persistentVolumes: [free] };
    expect(refusals(objects)).toEqual({ a: ["node(s) didn't find available persistent volumes to bind"], b: [] });
  });

  it('take the smallest free volume that is large enough', () => {
    const sizes = [5, 40, 20].map((capacity) => aVolume({ name: `pv-${capacity}`, capacity, claimRef: undefined, phase: 'Available' }));
    const decision = decide({ claims: [waiting()], storageClasses: [aClass({})], persistentVolumes: sizes });
    expect(decision).toMatchObject({ kind: 'bound', claims: [{ claim: 'default/data', volume: 'pv-20' }] });
  });

  it('are provisioned where the topologies of the class allow it', () => {
    const allowed = [{ matchExpressions: [{ key: ZONE, operator: 'In' as const, values: ['zone-b'] }], matchFields: [] }];
    const objects = { claims: [waiting()], storageClasses: [aClass({ provisioner: 'csi.local', allowedTopologies: allowed })] };
    expect(decide(objects)).toMatchObject({ node: 'b', claims: [{ claim: 'default/data', volume: undefined }] });
  });

  it('stay with the node that was selected for a claim before', () => {
    const claim = waiting({ annotations: { 'volume.kubernetes.io/selected-node': 'b' } });
    expect(decide({ claims: [claim], storageClasses: [aClass({ provisioner: 'csi.local' })] })).toMatchObject({ node: 'b' });
  });

  it('wait everywhere for the other pod of a claim that allows one pod only', () => {
    const other = aPod('other', { nodeName: 'a', spec: aPodSpec({ volumes: [claimVolume('data')] }) });
    const claim = bound({ accessModes: ['ReadWriteOncePod'] });
    const reason = 'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod';
    expect(refusals({ claims: [claim], persistentVolumes: [aVolume({})], pods: [other] })).toEqual({ a: [reason], b: [reason] });
  });

  it('count against the limit of the driver with those that are attached without a pod', () => {
    const attached = aVolume({ name: 'pv-old', fields: { driver: 'csi.local', volumeHandle: 'old' }, claimRef: 'default/old' });
    const attachments = [{ name: 'va', attacher: 'csi.local', nodeName: 'a', persistentVolumeName: 'pv-old', attached: true }];
    const csiNodes = ['a', 'b'].map((name): CsiNode => ({ name, annotations: {}, drivers: new Map([['csi.local', 1]]) }));
    const objects = { claims: [bound()], persistentVolumes: [aVolume({}), attached], attachments, csiNodes };
    expect(refusals(objects)).toEqual({ a: ['node(s) exceed max volume count'], b: [] });
  });

  it('cost nothing on the node where another pod uses them', () => {
    const csiNodes: CsiNode[] = [{ name: 'a', annotations: {}, drivers: new Map([['csi.local', 1]]) }];
    const pods = [aPod('other', { nodeName: 'a', spec: aPodSpec({ volumes: [claimVolume('data')] }) })];
    expect(refusals({ claims: [bound()], persistentVolumes: [aVolume({})], csiNodes, pods })).toEqual({ a: [], b: [] });
  });

  it('count once more on the node that still has them attached for nobody', () => {
    const attachments = [{ name: 'va', attacher: 'csi.local', nodeName: 'a', persistentVolumeName: 'pv', attached: true }];
    const csiNodes: CsiNode[] = [{ name: 'a', annotations: {}, drivers: new Map([['csi.local', 1]]) }];
    const objects = { claims: [bound()], persistentVolumes: [aVolume({})], attachments, csiNodes };
    expect(refusals(objects)).toEqual({ a: ['node(s) exceed max volume count'], b: [] });
  });
});

function worldOf(objects: Partial<ClusterObjects>) {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes, ...objects });
  const pod = cluster.addPod(aPod('pending', { spec: aPodSpec({ volumes: [claimVolume('data')] }) }));
  return { state: new SchedulerState(cluster, { version: '1.34' }), pod };
}

function explain(objects: Partial<ClusterObjects>) {
  const { state, pod } = worldOf(objects);
  return explainDecision(state, pod);
}

function decide(objects: Partial<ClusterObjects>) {
  const { state, pod } = worldOf(objects);
  return scheduleOne(state, pod);
}

/** The reasons of the first plugin that refuses each node. */
function refusals(objects: Partial<ClusterObjects>) {
  return Object.fromEntries(explain(objects).nodes.map(({ node, refusals: [first] }) => [node, first?.reasons ?? []]));
}

function claimVolume(claimName: string): Volume {
  return { name: claimName, source: 'persistentVolumeClaim', claimName, readOnly: false, medium: undefined, fields: {} };
}

function waiting(options: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim {
  return bound({ volumeName: undefined, phase: 'Pending', ...options });
}

function bound(options: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim {
  return aClaim('data', { storageClassName: 'local', request: 10, volumeName: 'pv', phase: 'Bound', ...options });
}

function aVolume(options: Partial<PersistentVolume>): PersistentVolume {
  return {
    name: 'pv',
    labels: {},
    storageClassName: 'local',
    capacity: 10,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    claimRef: 'default/data',
    phase: 'Bound',
    nodeAffinity: undefined,
    source: 'csi',
    fields: { driver: 'csi.local', volumeHandle: 'new' },
    ...options,
  };
}

function aClass(options: Partial<StorageClass>): StorageClass {
  return {
    name: 'local',
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
    isDefault: false,
    allowedTopologies: [],
    ...options,
  };
}

function onNode(name: string) {
  return { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In' as const, values: [name] }], matchFields: [] };
}
