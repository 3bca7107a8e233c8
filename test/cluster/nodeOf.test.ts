import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

describe('the node of a pod', () => {
  it('is there from binding on, or from the creation of a pod that was bound before', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const node = cluster.addNode(aNode('n1'));
    const [waiting, bound] = [cluster.addPod(aPod('a')), cluster.addPod(aPod('b', { nodeName: 'n1' }))];
    expect([waiting, bound].map((pod) => cluster.nodeOf(pod))).toEqual([undefined, node]);
    cluster.bindPod(waiting, node, START);
    expect(cluster.nodeOf(waiting)).toBe(node);
  });

  it('is gone while the Node object is, and is another one when one of that name comes back', () => {
    const cluster = clusterOf(NO_OBJECTS);
    const node = cluster.addNode(aNode('n1'));
    const pod = cluster.addPod(aPod('a', { nodeName: 'n1' }));
    const finished = cluster.addPod(aPod('b', { nodeName: 'n1', phase: 'Succeeded' }));
    cluster.removeNode(node);
    expect([pod, finished].map((one) => cluster.nodeOf(one))).toEqual([undefined, undefined]);
    const back = cluster.addNode(aNode('n1'));
    expect([pod, finished].map((one) => cluster.nodeOf(one))).toEqual([back, back]);
  });

  it('is not that of the pod which has its slot after it', () => {
    const cluster = clusterOf(NO_OBJECTS);
    cluster.addNode(aNode('n1'));
    const before = cluster.addPod(aPod('a', { nodeName: 'n1' }));
    cluster.removePod(before);
    const after = cluster.addPod(aPod('b', { nodeName: 'n1' }));
    expect(after.slot).toBe(before.slot);
    expect(cluster.nodeOf(before)).toBeUndefined();
  });
});
