import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { hashed } from '../../src/cluster/keyHash.ts';
import type { PodClass } from '../../src/cluster/PodClass.ts';
import type { PodsInOrder } from '../../src/cluster/PodList.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('the pods of a node', () => {
  it('hold something there until they have ended, in order of binding', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')] });
    const [a, b, c] = [cluster.addPod(aPod('a')), cluster.addPod(aPod('b')), cluster.addPod(aPod('c', { nodeName: 'n1' }))];
    for (const pod of [b, a]) cluster.bindPod(pod, nodeOf(cluster, 'n1'), START);
    cluster.setPodPhase(b, 'Running');
    expect(namesOf(nodeOf(cluster, 'n1').pods)).toEqual(['c', 'b', 'a']);
    for (const pod of [a, c]) cluster.setPodPhase(pod, 'Failed');
    cluster.setPodPhase(a, 'Succeeded');
    expect([nodeOf(cluster, 'n1').pods, cluster.finishedPodsOn('n1')].map(namesOf)).toEqual([['b'], ['a', 'c']]);
    for (const pod of [a, b]) cluster.removePod(pod);
    expect([nodeOf(cluster, 'n1').pods, cluster.finishedPodsOn('n1')].map(namesOf)).toEqual([[], ['c']]);
  });

  it('stay while the Node object is gone, and go by their creation under the next one', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')] });
    const [a, b] = [cluster.addPod(aPod('a')), cluster.addPod(aPod('b'))];
    for (const pod of [b, a]) cluster.bindPod(pod, nodeOf(cluster, 'n1'), START);
    const removed = nodeOf(cluster, 'n1');
    cluster.removeNode(removed);
    cluster.addPod(aPod('c', { nodeName: 'n1' }));
    expect(namesOf(removed.pods)).toEqual(['b', 'a', 'c']);
    expect(namesOf(cluster.addNode(aNode('n1')).pods)).toEqual(['a', 'b', 'c']);
  });

  it('go by the name of the Node object that they are bound to', () => {
    const [cluster, other] = [clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')] }), clusterOf({ ...NO_OBJECTS, nodes: [aNode('n2')] })];
    const [old, foreign] = [nodeOf(cluster, 'n1'), nodeOf(other, 'n2')];
    cluster.removeNode(old);
    const [n1, n2] = [cluster.addNode(aNode('n1')), cluster.addNode(aNode('n2'))];
    const [a, b] = [cluster.addPod(aPod('a')), cluster.addPod(aPod('b'))];
    cluster.bindPod(a, old, START);
    cluster.bindPod(b, foreign, START);
    expect([n1, n2].map(({ pods }) => namesOf(pods))).toEqual([['a'], ['b']]);
  });

  it('may be there before the node is', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const pods = [cluster.addPod(aPod('a', { nodeName: 'n1' })), cluster.addPod(aPod('b', { nodeName: 'n1', phase: 'Failed' }))];
    expect(pods.map((pod) => cluster.nodeOf(pod))).toEqual([undefined, undefined]);
    const node = cluster.addNode(aNode('n1'));
    expect(pods.map((pod) => cluster.nodeOf(pod))).toEqual([node, node]);
    expect([node.pods, cluster.finishedPodsOn('n1')].map(namesOf)).toEqual([['a'], ['b']]);
  });
});

describe('the pods that do not simply run', () => {
  it('are found in order of creation, whoever had their places before', () => {
    const running = (name: string) => aPod(name, { nodeName: 'n1', phase: 'Running' });
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: [aPod('a'), running('b'), aPod('c'), running('d')] });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].flatMap((name) => cluster.pods.get(`default/${name}`) ?? []);
    expect(cluster.podCounts.restless()).toEqual([a, c]);
    for (const pod of [a, b]) if (pod) cluster.removePod(pod);
    const [e, f] = [cluster.addPod(aPod('e')), cluster.addPod(aPod('f', { nodeName: 'n1', phase: 'Failed' }))];
    expect(cluster.podCounts.restless()).toEqual([c, e, f]);
    cluster.bindPod(e, nodeOf(cluster, 'n1'), START);
    cluster.setPodPhase(e, 'Running');
    if (d) cluster.terminatePod(d, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
    expect(cluster.podCounts.restless()).toEqual([c, d, f]);
  });
});

describe('the nodes that are missing', () => {
  it('are those that pods are bound to and that have no Node object', () => {
    const bound = (name: string, nodeName: string) => aPod(name, { nodeName });
    const pods = [bound('a', 'n3'), bound('b', 'n1'), aPod('c', { nodeName: 'n2', phase: 'Failed' }), aPod('d')];
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods });
    expect(cluster.missingNodes()).toEqual(['n3', 'n2']);
    cluster.addNode(aNode('n3'));
    cluster.removeNode(nodeOf(cluster, 'n1'));
    expect(cluster.missingNodes()).toEqual(['n1', 'n2']);
    for (const pod of [...cluster.pods.values()]) cluster.removePod(pod);
    expect(cluster.missingNodes()).toEqual([]);
  });
});

describe('the pods of some classes', () => {
  it('are listed by their creation, and each class is asked about once', () => {
    const [web, db] = [aPod('web', { labels: { app: 'web' } }), aPod('db', { labels: { app: 'db' } })];
    const cluster = clusterOf({ ...NO_OBJECTS, pods: [web, db, { ...web, name: 'web-2' }, { ...db, name: 'db-2' }] });
    const asked: string[] = [];
    const isApp = (app: string) => (podClass: PodClass) => asked.push(app) > 0 && podClass.labels['app'] === app;
    expect(cluster.podsOfClasses(isApp('db')).map(({ name }) => name)).toEqual(['db', 'db-2']);
    expect(cluster.podsOfClasses(isApp('none'))).toEqual([]);
    expect(asked.filter((app) => app === 'none')).toHaveLength(2);
  });
});

describe('pods that are given together', () => {
  it('keep their order, and those of one node get slots side by side', () => {
    const on = (name: string, nodeName: string | undefined) => aPod(name, { nodeName });
    const pods = [on('a', 'n1'), on('b', 'n2'), on('c', undefined), on('d', 'n1'), on('e', 'n2')];
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1'), aNode('n2')], pods });
    const live = cluster.pods.values();
    expect(live.map(({ name, createdAs }) => `${name}${createdAs}`)).toEqual(['a0', 'b1', 'c2', 'd3', 'e4']);
    expect(live.map(({ slot }) => slot)).toEqual([1, 3, 0, 2, 4]);
    expect(namesOf(nodeOf(cluster, 'n2').pods)).toEqual(['b', 'e']);
  });
});

describe('the pods of an owner', () => {
  it('are listed by their creation until they are released or gone, and again when they are adopted', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const [a, b, c] = [cluster.addPod(aPod('a', { owner })), cluster.addPod(aPod('b', { owner })), cluster.addPod(aPod('c', { owner }))];
    cluster.updatePod(a, { labels: { app: 'other' } });
    cluster.setPodOwner(b, undefined);
    expect(namesOf(cluster.podsOwnedBy({ ...owner, namespace: 'default' }))).toEqual(['a', 'c']);
    cluster.setPodOwner(b, owner);
    expect(namesOf(cluster.podsOwnedBy({ ...owner, namespace: 'default' }))).toEqual(['a', 'c', 'b']);
    cluster.setPodOwner(a, { ...owner, name: 'other' });
    expect(namesOf(cluster.podsOwnedBy({ ...owner, namespace: 'default' }))).toEqual(['c', 'b']);
    for (const pod of [a, b, c]) cluster.removePod(pod);
    expect(namesOf(cluster.podsOwnedBy({ ...owner, namespace: 'default' }))).toEqual([]);
  });
});

describe('a pod of a known class', () => {
  it('is created as one that is described is, unless its name is taken', () => {
    const [cluster, other] = [clusterOf(NO_OBJECTS), clusterOf(NO_OBJECTS)];
    const description = aPod('web-1');
    const pod = cluster.createPod(cluster.podClassOf(description), hashed('default/web-1'), START);
    const described = other.addPod(description);
    expect(pod && { ...pod, podClass: described.podClass }).toEqual({ ...described });
    expect(pod?.podClass).toEqual(described.podClass);
    expect(cluster.createPod(cluster.podClassOf(description), hashed('default/web-1'), START)).toBeUndefined();
    expect(() => cluster.addPod(description)).toThrow('pod default/web-1 exists already');
  });

  it('is not created among siblings when one of them, or anyone else, has its name', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
    const sibling = aPod('web-1', { owner });
    for (const pod of [sibling, aPod('web-2')]) cluster.addPod(pod);
    const created = ['web-1', 'web-2', 'web-3'].map((name) => {
      return cluster.createSibling(cluster.podClassOf(sibling), hashed(`default/${name}`), START);
    });
    expect(created.map((pod) => pod?.key)).toEqual([undefined, undefined, 'default/web-3']);
  });
});

function nodeOf(cluster: Cluster, name: string) {
  const node = cluster.nodes.get(name);
  if (!node) throw new Error(`no node ${name}`);
  return node;
}

function namesOf(pods: PodsInOrder): string[] {
  return [...pods].map(({ name }) => name);
}
