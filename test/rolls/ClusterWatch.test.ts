import { describe, expect, it } from 'vitest';
import { ClusterWatch } from '../../src/rolls/ClusterWatch.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { aControlPlane } from '../support/controlPlane.ts';

describe('ClusterWatch', () => {
  it('tells a follower of every change of its pod, up to its removal', () => {
    const { cluster, watch, pod } = aWatchedCluster();
    const told: string[] = [];
    const follower = { onPodChange: ({ name }: { name: string }, kind: string) => told.push(`${name} ${kind}`) };
    watch.pods.follow(pod('b'), follower);
    for (const name of ['a', 'b']) {
      cluster.markPodUnready(pod(name), START);
      cluster.setPodPhase(pod(name), 'Failed');
      cluster.removePod(pod(name));
    }
    cluster.markPodReady(cluster.addPod(aPod('c')), START);
    expect(told).toEqual(['b podReadyChanged', 'b podPhaseChanged', 'b podRemoved']);
  });

  it('leaves a pod to the follower that came last', () => {
    const { cluster, watch, pod } = aWatchedCluster();
    const told: string[] = [];
    const [first, last] = ['first', 'last'].map((name) => ({ onPodChange: () => told.push(name) }));
    if (!first || !last) throw new Error('two followers were made');
    watch.pods.follow(pod('a'), first);
    watch.pods.follow(pod('a'), last);
    watch.pods.unfollow(pod('a'), first);
    cluster.markPodUnready(pod('a'), START);
    watch.pods.unfollow(pod('a'), last);
    cluster.markPodReady(pod('a'), START);
    expect(told).toEqual(['last']);
  });

  it('wakes those who wait for a pod or for the end of a Node object, once', () => {
    const { sim, cluster, watch, pod, until } = aWatchedCluster();
    const woken: string[] = [];
    const wait = (name: string) => ({ entity: name, ordinal: 0, resume: () => woken.push(name) });
    watch.pod(pod('a')).arm(sim, wait('a'));
    watch.nodeRemoved('n1').arm(sim, wait('n1'));
    watch.nodeRemoved('n2').arm(sim, wait('n2'));
    cluster.markPodUnready(pod('b'), START);
    cluster.markPodUnready(pod('a'), START);
    cluster.markPodReady(pod('a'), START);
    for (const node of [...cluster.nodes.values()]) if (node.name === 'n1') cluster.removeNode(node);
    until(1);
    expect(woken).toEqual(['a', 'n1']);
  });
});

function aWatchedCluster() {
  const pods = ['a', 'b'].map((name) => aPod(name, { nodeName: 'n1', ready: true, phase: 'Running' }));
  const plane = aControlPlane({ nodes: [aNode('n1'), aNode('n2')], pods });
  const watch = new ClusterWatch();
  for (const listener of watch.listeners) plane.cluster.subscribe(listener);
  return { ...plane, watch };
}
