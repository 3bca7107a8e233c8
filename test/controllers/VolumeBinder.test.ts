import { describe, expect, it } from 'vitest';
import type { StorageClass } from '../../src/cluster/Storage.ts';
import { toSeconds } from '../../src/units.ts';
import { aClaim, aNode, aPod, aPodSpec, aVolume, claimed } from '../support/builders.ts';
import { aControlPlane, type ControlPlaneOptions } from '../support/controlPlane.ts';

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const waiting: StorageClass = {
  name: 'disk',
  provisioner: 'disk',
  volumeBindingMode: 'WaitForFirstConsumer',
  isDefault: false,
  allowedTopologies: [],
};

/** One node in zone `a` and a claim that asks for a disk; a pod is bound there at 10 s as the scheduler would do it. */
function aWorld(options: ControlPlaneOptions) {
  const plane = aControlPlane({
    nodes: [aNode('n1', { labels: { 'topology.kubernetes.io/zone': 'a' } })],
    storageClasses: [waiting],
    claims: [aClaim('data')],
    ready: 2,
    ...options,
  });
  const { storage } = plane.cluster;
  const claim = () => storage.claims.get('default/data') ?? aClaim('data');
  const bindPod = () => {
    const spec = aPodSpec({ volumes: [claimed('data')] });
    plane.cluster.addPod(aPod('db-0', { nodeName: 'n1', phase: 'Pending', ready: false, spec }));
  };
  return { ...plane, storage, claim, bindPod };
}

describe('a claim that waits for its first consumer', () => {
  // measured-volumes.md 4.4: the pod is bound 2.00-2.01 s after the decision for 1.5 s of provisioning, 0.98-1.01 s for a free local volume.
  it.each([
    { provision: 1.5, expected: 12 },
    { provision: 0.3, expected: 11 },
  ])('is bound at the whole second after $provision s of provisioning, to a disk of the zone of its node', ({ provision, expected }) => {
    const world = aWorld({ volumes: { provision } });
    world.at(10, () => {
      world.cluster.putStorage('claims', 'default/data', { ...world.claim(), annotations: { [SELECTED_NODE]: 'n1' } });
      world.bindPod();
    });
    world.until(expected - 0.001);
    expect(world.claim().phase).toBe('Pending');
    world.until(60);
    expect(world.claim()).toMatchObject({ phase: 'Bound', volumeName: 'pv-default-data' });
    expect(world.storage.persistentVolumes.get('pv-default-data')?.nodeAffinity?.[0]?.matchExpressions).toEqual([
      { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['a'] },
    ]);
    expect(toSeconds(world.pod('db-0').readySince)).toBeGreaterThanOrEqual(expected + 2);
  });

  it('is bound a second later to a volume that is reserved for it', () => {
    const local = aVolume('local', { source: 'local', fields: { path: '/mnt' } });
    const world = aWorld({ persistentVolumes: [local], volumes: {} });
    world.at(10, () => {
      world.cluster.putStorage('persistentVolumes', 'pv-local', { ...local, claimRef: 'default/data' });
      world.bindPod();
    });
    world.until(60);
    expect(world.claim()).toMatchObject({ phase: 'Bound', volumeName: 'pv-local' });
    expect(toSeconds(world.pod('db-0').readySince)).toBe(13);
  });

  it('leaves no disk behind when it goes, and its namesake gets another one', () => {
    const world = aWorld({ volumes: {} });
    const select = () => world.cluster.putStorage('claims', 'default/data', aClaim('data', { annotations: { [SELECTED_NODE]: 'n1' } }));
    world.at(10, select);
    world.at(20, () => world.cluster.removeStorage('claims', 'default/data'));
    world.at(30, select);
    world.until(25);
    expect([...world.storage.persistentVolumes.keys()]).toEqual([]);
    world.until(60);
    expect(world.claim().volumeName).toBe('pv-default-data-2');
  });

  it('stays unbound without one', () => {
    const world = aWorld({ volumes: {} });
    world.until(60);
    expect(world.claim().phase).toBe('Pending');
  });
});

describe('a claim with immediate binding', () => {
  it('gets a disk that can be reached from everywhere, without any pod', () => {
    const world = aWorld({ storageClasses: [{ ...waiting, volumeBindingMode: 'Immediate' }], volumes: { provision: 3 } });
    world.until(60);
    expect(world.claim()).toMatchObject({ phase: 'Bound', volumeName: 'pv-default-data' });
    expect(world.storage.persistentVolumes.get('pv-default-data')?.nodeAffinity).toBeUndefined();
  });

  it('waits for a volume to be created by hand when its class has no provisioner', () => {
    const manual: StorageClass = { ...waiting, provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'Immediate' };
    const world = aWorld({ storageClasses: [manual], volumes: {} });
    world.until(60);
    expect(world.claim().phase).toBe('Pending');
  });
});

describe('a claim that names its volume', () => {
  it('is bound to it, though the volume does not name the claim yet and its class waits for a consumer', () => {
    const world = aWorld({ claims: [aClaim('data', { volumeName: 'pv-named' })], persistentVolumes: [aVolume('named')], volumes: {} });
    world.until(0);
    expect(world.claim()).toMatchObject({ phase: 'Bound', volumeName: 'pv-named' });
    expect(world.storage.persistentVolumes.get('pv-named')).toMatchObject({ phase: 'Bound', claimRef: 'default/data' });
  });

  it.each([
    ['has another class', { storageClassName: 'other' }],
    ['is too small', { capacity: 1 }],
    ['belongs to another claim', { claimRef: 'default/other', phase: 'Bound' }],
  ])('stays unbound when that %s', (_, volume) => {
    const world = aWorld({
      claims: [aClaim('data', { volumeName: 'pv-named' })],
      persistentVolumes: [aVolume('named', volume)],
      volumes: {},
    });
    world.until(60);
    expect(world.claim().phase).toBe('Pending');
  });

  it('waits for that volume', () => {
    const world = aWorld({ claims: [aClaim('data', { volumeName: 'pv-named' })], volumes: {} });
    world.at(10, () => world.cluster.putStorage('persistentVolumes', 'pv-named', aVolume('named')));
    world.until(9);
    expect(world.claim().phase).toBe('Pending');
    world.until(10);
    expect(world.claim().phase).toBe('Bound');
  });
});

describe('a claim without a class', () => {
  it('is bound to the smallest free volume without one; the next claim gets another', () => {
    const claims = ['data', 'more', 'third'].map((name) => aClaim(name, { storageClassName: '' }));
    const volumes = [aVolume('large', { storageClassName: '', capacity: 4 * 1024 ** 3 }), aVolume('small', { storageClassName: '' })];
    const world = aWorld({ claims, persistentVolumes: [...volumes, aVolume('disk')], volumes: {} });
    world.until(0);
    const bound = [...world.storage.claims.values()].map(({ phase, volumeName }) => [phase, volumeName]);
    expect(bound).toEqual([
      ['Bound', 'pv-small'],
      ['Bound', 'pv-large'],
      ['Pending', undefined],
    ]);
  });
});
