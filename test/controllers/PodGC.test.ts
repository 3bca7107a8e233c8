import { describe, expect, it } from 'vitest';
import { PodGC } from '../../src/controllers/PodGC.ts';
import { instant, seconds } from '../../src/units.ts';
import { aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { aControlPlane, type ControlPlane } from '../support/controlPlane.ts';

describe('PodGC', () => {
  it.each([
    { removedAt: 100, goneAt: 140 },
    { removedAt: 101, goneAt: 160 },
    { removedAt: 119, goneAt: 160 },
  ])('removes the pods of a node deleted at $removedAt s at $goneAt s', ({ removedAt, goneAt }) => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1' })] });
    plane.at(removedAt, () => removeNode(plane));
    plane.until(goneAt - 1);
    expect(plane.podNames()).toEqual(['a']);
    plane.until(goneAt);
    expect(plane.podNames()).toEqual([]);
  });

  it('spares them when a node of that name is back in time, and they start again', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a')] });
    plane.at(100, () => removeNode(plane));
    plane.at(115, () => plane.kubelet.start(plane.cluster.addNode(aNode('n1'))));
    plane.until(1000);
    expect(plane.pod('a')).toMatchObject({ ready: true, readySince: 140_000 });
  });

  it('lets a ReplicaSet replace them only then', () => {
    const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], workloads: [aReplicaSet('web', 1)] });
    plane.at(100, () => removeNode(plane));
    plane.until(139);
    expect(plane.podNames()).toEqual(['web-00001']);
    plane.until(140);
    expect(plane.podNames()).toEqual(['web-00002']);
  });

  it('takes the pods of a name that is removed a second time with the quarantine of the first', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1' })] });
    plane.at(100, () => removeNode(plane));
    plane.at(150, () => plane.kubelet.start(plane.cluster.addNode(aNode('n1'))));
    plane.at(151, () => plane.cluster.addPod(aPod('b')));
    plane.at(174, () => removeNode(plane));
    plane.until(179);
    expect(plane.podNames()).toEqual(['b']);
    plane.until(180);
    expect(plane.podNames()).toEqual([]);
  });

  it.each([
    { backAt: 119, goneAt: 200 },
    { backAt: 125, goneAt: 160 },
  ])('goes on with a quarantine that a pass has begun before the node was back at $backAt s', ({ backAt, goneAt }) => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1' })] });
    plane.at(110, () => removeNode(plane));
    plane.at(backAt, () => plane.kubelet.start(plane.cluster.addNode(aNode('n1'))));
    plane.at(150, () => removeNode(plane));
    plane.until(goneAt - 1);
    expect(plane.podNames()).toEqual(['a']);
    plane.until(goneAt);
    expect(plane.podNames()).toEqual([]);
  });

  it('goes on with a quarantine from before the start', () => {
    const { cluster, sim } = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'n1' })] });
    cluster.subscribe(new PodGC({ sim, cluster, phase: seconds(5), quarantineEnds: { n1: instant(25_000) } }));
    const node = cluster.nodes.get('n1');
    if (node) cluster.removeNode(node);
    sim.run(instant(24_999));
    expect(cluster.pods.size).toBe(1);
    sim.run(instant(25_000));
    expect(cluster.pods.size).toBe(0);
  });

  it('collects pods that had no node from the start', () => {
    const plane = aControlPlane({ nodes: [aNode('n1')], pods: [aPod('a', { nodeName: 'gone' })] });
    plane.until(40);
    expect(plane.podNames()).toEqual([]);
  });
});

function removeNode({ cluster }: ControlPlane): void {
  const node = cluster.nodes.get('n1');
  if (node) cluster.removeNode(node);
}
