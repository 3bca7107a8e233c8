import { describe, expect, it } from 'vitest';
import { ClusterPods } from '../../src/cluster/ClusterPods.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { hashed } from '../../src/cluster/keyHash.ts';
import { ClassNumbers, ClassTable, PodClass } from '../../src/cluster/PodClass.ts';
import { START } from '../../src/units.ts';
import { aPod, aPodSpec, aTemplate, claimed } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const template = aTemplate('web');
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
const replica = (name: string) => aPod(name, { ...template, owner: { ...owner } });
const NEITHER = { isDaemon: false, isStatic: false };

describe('the class of a pod', () => {
  it('is that of all pods with the objects of one template and equal owners', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const [one, other] = [cluster.addPod(replica('a')), cluster.addPod(replica('b'))];
    expect(one.podClass).toBe(other.podClass);
    expect(one.podClass.ownerKey).toBe('ReplicaSet/default/web');
  });

  it.each([
    ['namespace', { namespace: 'shop' }],
    ['owner', { owner: { ...owner, name: 'api' } }],
    ['labels', { labels: { ...template.labels } }],
    ['annotations', { annotations: {} }],
    ['spec', { spec: { ...template.spec } }],
  ])('is another one with another %s', (_, difference) => {
    const cluster = clusterOf(NO_OBJECTS);
    const [one, other] = [cluster.addPod(replica('a')), cluster.addPod({ ...replica('b'), ...difference })];
    expect(one.podClass).not.toBe(other.podClass);
  });

  it.each([
    ['a DaemonSet', { owner: { ...owner, kind: 'DaemonSet' } }, { isDaemon: true, isStatic: false }],
    ['a DaemonSet of another API group', { owner: { ...owner, kind: 'DaemonSet', apiVersion: 'apps.kruise.io/v1' } }, NEITHER],
    ['a node', { owner: { ...owner, kind: 'Node' } }, { isDaemon: false, isStatic: true }],
    ['nobody, as a mirror', { owner: undefined, annotations: { 'kubernetes.io/config.mirror': '' } }, { isDaemon: false, isStatic: true }],
    ['a ReplicaSet', {}, NEITHER],
  ])('knows whether its pods belong to their node: those of %s', (_, difference, expected) => {
    expect(new PodClass({ ...replica('a'), ...difference }, 0)).toMatchObject(expected);
  });

  it('knows whether its pods have volumes, and how long they ask for to end', () => {
    const spec = aPodSpec({ volumes: [claimed('data')], terminationGracePeriodSeconds: 45 });
    expect(new PodClass(replica('a'), 0)).toMatchObject({ hasVolumes: false, gracePeriodSeconds: 30 });
    expect(new PodClass({ ...replica('a'), spec }, 0)).toMatchObject({ hasVolumes: true, gracePeriodSeconds: 45 });
  });

  it('knows whether its pods wait for readiness gates', () => {
    const spec = aPodSpec({ readinessGates: ['target-health.alb.ingress.k8s.aws/web'] });
    expect([replica('a'), { ...replica('a'), spec }].map((traits) => new PodClass(traits, 0).isGated)).toEqual([false, true]);
  });

  it('follows the pod when that is changed or released', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const [one, other] = [cluster.addPod(replica('a')), cluster.addPod(replica('b'))];
    const before = one.podClass;
    cluster.updatePod(one, { labels: { app: 'web', debug: 'yes' } });
    expect(one.podClass.labels).toBe(one.labels);
    cluster.setPodOwner(other, undefined);
    expect(other.podClass.ownerKey).toBeUndefined();
    expect([...cluster.podsOwnedBy({ ...owner, namespace: 'default' })]).toEqual([one]);
    expect(cluster.addPod(replica('c')).podClass).toBe(before);
  });
});

describe('the slot of a pod', () => {
  it('is used again when everyone has been told that the pod is gone, and not before', () => {
    const pods = new ClusterPods();
    const create = (name: string) => pods.create(pods.classOf(replica(name)), hashed(`default/${name}`), START);
    const [one, other] = [create('a'), create('b')];
    if (!one || !other) throw new Error('there is a pod of that name');
    expect(other.slot).not.toBe(one.slot);
    pods.remove(one);
    expect(create('c')?.slot).not.toBe(one.slot);
    pods.releaseSlot(one);
    expect(create('d')?.slot).toBe(one.slot);
  });
});

describe('ClassTable', () => {
  it('works out an entry once for each class, and again when it was cleared', () => {
    let made = 0;
    const table = new ClassTable(() => ++made);
    const classes = [3, 0, 7].map((id) => new PodClass(replica('a'), id));
    expect(classes.map((one) => table.of(one))).toEqual([1, 2, 3]);
    expect(classes.map((one) => table.of(one))).toEqual([1, 2, 3]);
    table.clear();
    expect(classes.map((one) => table.of(one))).toEqual([4, 5, 6]);
  });

  it('remembers nothing of classes outside of a cluster', () => {
    let made = 0;
    const table = new ClassTable(() => ++made);
    const outside = new PodClass(replica('a'), -1);
    expect([table.of(outside), table.of(outside)]).toEqual([1, 2]);
  });
});

describe('ClassNumbers', () => {
  it('are worked out once for each class, 0 as well, and again when they were cleared', () => {
    let made = 0;
    const numbers = new ClassNumbers(() => made++);
    const classes = [3, 0, 700].map((id) => new PodClass(replica('a'), id));
    for (const expected of [
      [0, 1, 2],
      [0, 1, 2],
    ])
      expect(classes.map((one) => numbers.of(one))).toEqual(expected);
    numbers.clear();
    expect(classes.map((one) => numbers.of(one))).toEqual([3, 4, 5]);
  });

  it('are not remembered for classes outside of a cluster', () => {
    let made = 0;
    const numbers = new ClassNumbers(() => made++);
    const outside = new PodClass(replica('a'), -1);
    expect([numbers.of(outside), numbers.of(outside)]).toEqual([0, 1]);
  });
});
