import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('clusters of the same objects', () => {
  it('hold the same pods at the same places', () => {
    const objects = someObjects();
    const [first, second, third] = [clusterOf(objects), clusterOf(objects), clusterOf(objects)].map(indicesOf);
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  });

  it('do not see what becomes of one another', () => {
    const objects = someObjects();
    const [early, late] = [clusterOf(objects), clusterOf(objects)];
    const before = indicesOf(early);
    for (let times = 0; times < 3; times += 1) befall(clusterOf(objects));
    expect([early, late].map(indicesOf)).toEqual([before, before]);
  });

  it('go on alike', () => {
    const objects = someObjects();
    const [first, second] = [clusterOf(objects), clusterOf(objects)];
    for (const cluster of [first, second]) befall(cluster);
    expect(indicesOf(second)).toEqual(indicesOf(first));
  });

  it('are all refused when two pods have one name', () => {
    const objects = { ...NO_OBJECTS, pods: [aPod('a'), aPod('a')] };
    for (let times = 0; times < 3; times += 1) expect(() => clusterOf(objects)).toThrow('pod default/a exists already');
  });
});

function someObjects(): ClusterObjects {
  const set = aReplicaSet('web', 3);
  const owner = { kind: 'ReplicaSet', name: 'web', apiVersion: 'apps/v1' };
  return {
    ...NO_OBJECTS,
    nodes: [aNode('n2'), aNode('n1')],
    workloads: [set],
    pods: [
      aPod('a', { nodeName: 'n1', owner }),
      aPod('b', { nodeName: 'n2' }),
      aPod('c'),
      aPod('d', { nodeName: 'n1', phase: 'Failed', owner }),
      aPod('e', { nodeName: 'gone', labels: { app: 'e' } }),
      aPod('f', { nodeName: 'n1', ready: true, phase: 'Running', owner }),
    ],
  };
}

/** Lets pods come, go, end and be bound. */
function befall(cluster: Cluster): void {
  const node = cluster.nodes.get('n2');
  const [a, , c] = [...cluster.pods.values()];
  if (!node || !a || !c) throw new Error('a node or a pod is missing');
  cluster.bindPod(c, node, START);
  cluster.setPodPhase(c, 'Succeeded');
  cluster.removePod(a);
  cluster.addPod(aPod('g', { nodeName: 'n1', labels: { app: 'g' } }));
  cluster.removeNode(node);
}

function indicesOf(cluster: Cluster): unknown {
  const pods = [...cluster.pods.values()];
  return {
    pods: pods.map((pod) => ({ ...pod, podClass: pod.podClass.id, node: cluster.nodeOf(pod)?.name })),
    byKey: pods.map(({ key }) => cluster.pods.get(key)?.uid),
    restless: cluster.podCounts.restless().map(({ key }) => key),
    nodes: [...cluster.nodes.values()].map(({ name, host, pods: holding }) => [name, host, [...holding].map(({ key }) => key)]),
    onNodes: ['n1', 'n2', 'gone'].map((name) => cluster.podsOn(name).map(({ key }) => key)),
    missing: cluster.missingNodes(),
    owned: [...cluster.podsOwnedBy({ kind: 'ReplicaSet', namespace: 'default', name: 'web' })].map(({ key }) => key),
  };
}
