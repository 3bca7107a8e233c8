import { describe, expect, it } from 'vitest';
import type { PodSpec } from '../../../src/cluster/PodSpec.ts';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import type { PodGroup } from '../../../src/scenario/checks/PodGroup.ts';
import type { Scenario } from '../../../src/scenario/Scenario.ts';
import { instant } from '../../../src/units.ts';
import {
  aClaimTemplate,
  aContainer,
  aDaemonSet,
  aDeployment,
  aNode,
  aPod,
  aReplicaSet,
  aStatefulSet,
  selecting,
} from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

const nodes = [aNode('a'), aNode('b')];
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };

/** How `app: web` is placed in a cluster whose nodes are all rolled unless told otherwise. */
function placed(cluster: Partial<Scenario['cluster']>, roll: Partial<Scenario['roll']> = {}): Pick<PodGroup, 'place' | 'findsPlace'> {
  const { groups } = subjectOf(aScenario({ cluster: { nodes, ...cluster }, roll }));
  const group = groups.find(({ labels }) => labels['app'] === 'web');
  if (!group) throw new Error('no pods of web');
  return { place: group.place, findsPlace: group.findsPlace };
}

function term(app: string): PodSpec['affinity']['pod']['required'][number] {
  return {
    labelSelector: selecting({ app }),
    topologyKey: 'kubernetes.io/hostname',
    namespaces: ['default'],
    namespaceSelector: undefined,
    matchLabelKeys: [],
    mismatchLabelKeys: [],
  };
}

function affinity(kind: 'pod' | 'podAnti', app: string): Pick<PodSpec, 'affinity'> {
  const none = { required: [], preferred: [] };
  return {
    affinity: { node: { required: undefined, preferred: [] }, pod: none, podAnti: none, [kind]: { required: [term(app)], preferred: [] } },
  };
}

describe('Placement', () => {
  it('is certain of pods that fit whatever the others do', () => {
    expect(placed({ workloads: [aDeployment('web', 3, { cpu: 1 })] })).toEqual({ place: 'rolled', findsPlace: 3 });
    expect(placed({ workloads: [aDeployment('web', 3, { cpu: 1 })] }, { nodes: ['a'] })).toEqual({ place: 'unknown', findsPlace: 3 });
    expect(placed({ workloads: [aDeployment('web', 9, { cpu: 1 })] })).toEqual({ place: 'rolled', findsPlace: 1 });
  });

  it('is not certain of pods whose room others may take', () => {
    const web = aDeployment('web', 1, { cpu: 4 });
    expect(placed({ workloads: [web, aDeployment('shop', 1, { cpu: 1 })] })).toEqual({ place: 'rolled', findsPlace: 1 });
    expect(placed({ workloads: [web, aDeployment('shop', 2, { cpu: 1 })] })).toEqual({ place: 'unknown', findsPlace: 0 });
    const gated = aDeployment('shop', 2, { cpu: 1, schedulingGates: ['example.com/quota'] });
    expect(placed({ workloads: [web, gated] })).toEqual({ place: 'rolled', findsPlace: 1 });
  });

  it.each<[string, Partial<PodSpec>]>([
    ['affinity to pods that are not there', affinity('pod', 'shop')],
    ['anti-affinity to other pods', affinity('podAnti', 'other')],
    ['another scheduler', { schedulerName: 'volcano' }],
    ['a port of the host that others use', { containers: [aContainer({ ports: [{ hostIP: '', hostPort: 80, protocol: 'TCP' }] })] }],
  ])('is not certain of pods with %s', (_, spec) => {
    const others = aDeployment('other', 1, { containers: [aContainer({ ports: [{ hostIP: '', hostPort: 80, protocol: 'TCP' }] })] });
    expect(placed({ workloads: [aDeployment('web', 1, spec), others] })).toEqual({ place: 'unknown', findsPlace: 0 });
  });

  it('is certain of the first of pods that keep away from one another alone', () => {
    expect(placed({ workloads: [aDeployment('web', 2, affinity('podAnti', 'web'))] })).toEqual({ place: 'rolled', findsPlace: 1 });
  });

  it('is not certain of pods from which others keep away, nor of pods with claims', () => {
    const repelling = aDeployment('other', 1, affinity('podAnti', 'web'));
    expect(placed({ workloads: [aDeployment('web', 1), repelling] }).place).toBe('unknown');
    expect(placed({ workloads: [{ ...aStatefulSet('web', 1), volumeClaimTemplates: [aClaimTemplate('data')] }] }).place).toBe('unknown');
  });

  it('goes by the nodes that admit pods', () => {
    const tainted = [...nodes, aNode('c', { taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }] })];
    expect(placed({ nodes: tainted, workloads: [aDeployment('web', 1)] }, { nodes: ['a', 'b'] }).place).toBe('rolled');
    expect(placed({ nodes: [aNode('a', { ready: 'False' })], workloads: [aDeployment('web', 1)] }).place).toBe('unknown');
  });

  it('takes bound pods to be where they are, unless they are about to leave', () => {
    const bound = (options: Parameters<typeof aPod>[1]) => ({ pods: [aPod('web', { nodeName: 'a', ...options })] });
    const termination = { requestedAt: instant(0), gracePeriodSeconds: 30, cause: 'Delete' as const };
    expect(placed(bound({})).place).toBe('rolled');
    expect(placed(bound({}), { nodes: ['b'] }).place).toBe('elsewhere');
    expect(() => placed(bound({ termination }))).toThrow('no pods of web');
    const web = aReplicaSet('web', 1);
    expect(placed({ ...bound({ owner, termination }), workloads: [web] }, { nodes: ['a'] }).place).toBe('unknown');
    expect(placed({ ...bound({}), workloads: [aDeployment('urgent', 1, { cpu: 4, priority: 9 })] }).place).toBe('unknown');
  });

  it('does not know which of too many pods leave, nor where those in a rollout will be', () => {
    const pods = ['a', 'b'].map((nodeName) => aPod(`web-${nodeName}`, { labels: { app: 'web' }, nodeName, owner }));
    expect(placed({ workloads: [aReplicaSet('web', 2)], pods }, { nodes: ['a'] }).place).toBe('rolled');
    expect(placed({ workloads: [aReplicaSet('web', 1)], pods }, { nodes: ['a'] }).place).toBe('unknown');
    const byShop = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' };
    const shop = { ...aDeployment('shop', 2), template: aDeployment('web', 2).template };
    const sets = [aReplicaSet('web', 2), aReplicaSet('old', 1)].map((set) => ({ ...set, owner: byShop }));
    expect(placed({ workloads: [shop, ...sets], pods }, { nodes: ['a'] }).place).toBe('unknown');
  });

  it('knows that some pods are still to be placed beside those that are bound elsewhere', () => {
    const pods = [aPod('web-b', { labels: { app: 'web' }, nodeName: 'b', owner })];
    expect(placed({ workloads: [aReplicaSet('web', 2)], pods }, { nodes: ['a'] }).place).toBe('unknown');
  });

  it('has a pod of a DaemonSet on every node that it wants', () => {
    expect(placed({ workloads: [aDaemonSet('web')] }, { nodes: ['a'] }).place).toBe('rolled');
    const crowded = [aDaemonSet('web', { cpu: 1 }), aDeployment('shop', 4, { cpu: 1 })];
    expect(placed({ workloads: crowded }, { nodes: ['a'] }).place).toBe('unknown');
  });

  it('has pods of a DaemonSet stay on their nodes even if it is not among the objects', () => {
    const { groups } = subjectOf(
      aScenario({
        cluster: {
          nodes,
          pods: ['apps/v1', 'apps.kruise.io/v1beta1'].map((apiVersion, index) =>
            aPod(`agent-${index}`, { nodeName: 'a', owner: { apiVersion, kind: 'DaemonSet', name: `agent-${index}` } }),
          ),
        },
      }),
    );
    expect(groups.map(({ staysOnNode }) => staysOnNode)).toEqual([true, false]);
  });

  it('leaves room for pods of a DaemonSet that wait beside those that it makes for every node', () => {
    const workloads = [aDeployment('web', 1), aDaemonSet('agent')];
    const waiting = ['agent-1', 'agent-2'].map((name) =>
      aPod(name, { owner: { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent' } }),
    );
    expect(placed({ nodes: [aNode('a', { pods: 4 })], workloads, pods: waiting })).toEqual({ place: 'rolled', findsPlace: 1 });
    expect(placed({ nodes: [aNode('a', { pods: 3 })], workloads, pods: waiting })).toEqual({ place: 'unknown', findsPlace: 0 });
  });
});
