import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../../src/cluster/clusterOf.ts';
import type { Volume } from '../../../src/cluster/PodSpec.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../src/cluster/Storage.ts';
import { findRemedies } from '../../../src/run/remedies/findRemedies.ts';
import { Trial } from '../../../src/run/remedies/Trial.ts';
import { aClaim, aNode, aPod, aPodSpec } from '../../support/builders.ts';
import { NO_OBJECTS } from '../../support/noObjects.ts';

const DRIVER = 'disk.csi.example.com';

const claimVolume = (claimName: string): Volume => ({
  name: 'data',
  source: 'persistentVolumeClaim',
  claimName,
  readOnly: false,
  medium: undefined,
  fields: {},
});

function claim(name: string, mode = 'ReadWriteOnce'): PersistentVolumeClaim {
  return aClaim(name, { storageClassName: 'fast', accessModes: [mode], volumeName: `disk-${name}`, phase: 'Bound' });
}

function disk(name: string, zone?: string): PersistentVolume {
  const inZone = { matchExpressions: [{ key: 'zone', operator: 'In' as const, values: [zone ?? ''] }], matchFields: [] };
  return {
    name: `disk-${name}`,
    labels: {},
    storageClassName: 'fast',
    capacity: 1,
    accessModes: ['ReadWriteOnce'],
    volumeMode: 'Filesystem',
    claimRef: `default/${name}`,
    phase: 'Bound',
    nodeAffinity: zone === undefined ? undefined : [inZone],
    source: 'csi',
    fields: { driver: DRIVER, volumeHandle: name },
  };
}

const withClaim = (name: string) => aPodSpec({ volumes: [claimVolume(name)] });

function proposed(objects: Partial<ClusterObjects>): readonly string[] {
  const pods = [...(objects.pods ?? []), aPod('p', { spec: withClaim('mine') })];
  const trial = new Trial(clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], ...objects, pods }), 'default/p', '1.34');
  return findRemedies(trial, ['n1'])[0]?.changes.map(({ text }) => text) ?? [];
}

describe('remedies for volumes', () => {
  it('moves the only pod that may use a claim, wherever it is', () => {
    const objects = {
      nodes: [aNode('n1'), aNode('n2')],
      claims: [claim('mine', 'ReadWriteOncePod')],
      persistentVolumes: [disk('mine')],
      pods: [aPod('idle', { nodeName: 'n2' }), aPod('user', { nodeName: 'n2', spec: withClaim('mine') })],
    };
    expect(proposed(objects)).toEqual(['move default/user off n2: it uses a volume that excludes others']);
    expect(proposed({ ...objects, claims: [claim('mine')] })).toEqual([]);
  });

  it('moves a pod with volumes off a node whose driver can attach no more', () => {
    const objects = {
      claims: [claim('mine'), claim('other')],
      persistentVolumes: [disk('mine'), disk('other')],
      pods: [aPod('idle', { nodeName: 'n1' }), aPod('user', { nodeName: 'n1', spec: withClaim('other') })],
    };
    const limited = (volumes: number) => ({ csiNodes: [{ name: 'n1', annotations: {}, drivers: new Map([[DRIVER, volumes]]) }] });
    expect(proposed({ ...objects, ...limited(1) })).toEqual(['move default/user off n1: the driver can attach no more volumes there']);
    expect(proposed({ ...objects, ...limited(2) })).toEqual([]);
  });

  it('knows no way onto a node from which a volume cannot be reached', () => {
    const objects = { claims: [claim('mine')], persistentVolumes: [disk('mine', 'b')], nodes: [aNode('n1', { labels: { zone: 'a' } })] };
    const trial = new Trial(clusterOf({ ...NO_OBJECTS, ...objects, pods: [aPod('p', { spec: withClaim('mine') })] }), 'default/p', '1.34');
    expect(trial.refusals('n1').map(({ plugin }) => plugin)).toEqual(['VolumeBinding']);
    expect(findRemedies(trial, ['n1'])).toEqual([{ node: 'n1', changes: [] }]);
  });
});
