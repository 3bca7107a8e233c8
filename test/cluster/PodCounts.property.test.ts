import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../src/cluster/Cluster.ts';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { Pod } from '../../src/cluster/Pod.ts';
import type { ClassTally } from '../../src/cluster/PodCensus.ts';
import { START } from '../../src/units.ts';
import { aNode, aPod } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const deeds = fc.array(
  fc.record({ what: fc.constantFrom('add', 'ready', 'terminate', 'fail', 'relabel', 'remove', 'look'), whom: fc.nat(9) }),
  { maxLength: 60 },
);
type Deed = { readonly what: string; readonly whom: number };

describe('PodCounts', () => {
  it('tells what looking at every pod would, whatever happens to pods', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n')], pods: [aPod('first', { labels: { app: 'a' } })] });
        for (const [step, deed] of list.entries()) act(cluster, deed, step);
        expect(cluster.podCounts.census().tallies).toEqual(byLooking(cluster));
        expect(marksOf(cluster)).toEqual([...cluster.pods.values()].map(marksOfPod));
      }),
    );
  });

  it('starts a cluster that is built again with what the first one had', () => {
    const objects = {
      ...NO_OBJECTS,
      nodes: [aNode('n')],
      pods: ['x', 'y', 'z'].map((name) => aPod(name, { nodeName: 'n', ready: name !== 'x' })),
    };
    const [first, again] = [clusterOf(objects), clusterOf(objects)];
    for (const pod of first.pods.values()) first.removePod(pod);
    expect(first.podCounts.census().tallies).toEqual([]);
    expect(again.podCounts.census().tallies).toEqual(byLooking(again));
    expect(again.podCounts.census().tallies.map(({ active, serving }) => [active, serving])).toEqual([
      [1, 0],
      [1, 1],
      [1, 1],
    ]);
  });
});

function byLooking(cluster: Cluster): readonly ClassTally[] {
  const pods = [...cluster.pods.values()];
  const classes = [...new Set(pods.map(({ podClass }) => podClass))].sort((a, b) => a.id - b.id);
  return classes.map((podClass) => {
    const members = pods.filter((pod) => pod.podClass === podClass);
    const present = members.filter(({ isFinished }) => !isFinished);
    const first = Math.min(...present.map(({ createdAs }) => createdAs));
    const active = members.filter(({ isFinished, isTerminating }) => !isFinished && !isTerminating).length;
    return { podClass, present: present.length, first, active, serving: members.filter(({ isServing }) => isServing).length };
  });
}

/** What the census says of every pod, in order of creation. */
function marksOf(cluster: Cluster): unknown[] {
  const census = cluster.podCounts.census();
  return [...cluster.pods.values()].map(({ slot }) => {
    return { podClass: census.classAt(slot), marks: [census.isFinished(slot), census.isTerminating(slot), census.isServing(slot)] };
  });
}

function marksOfPod({ podClass, isFinished, isTerminating, isServing }: Pod): unknown {
  return { podClass, marks: [isFinished, isTerminating, isServing] };
}

function act(cluster: Cluster, { what, whom }: Deed, step: number): void {
  const labels = { app: ['a', 'b', 'c'][whom % 3] ?? 'a' };
  const pod = [...cluster.pods.values()][whom];
  if (what === 'add') cluster.addPod(aPod(`p${step}`, { labels, nodeName: 'n', ready: whom > 4 }));
  else if (what === 'look') cluster.podCounts.census().tallies;
  else if (!pod) return;
  else if (what === 'ready' && pod.ready) cluster.markPodUnready(pod, START);
  else if (what === 'ready') cluster.markPodReady(pod, START);
  else if (what === 'terminate') cluster.terminatePod(pod, { requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
  else if (what === 'fail') cluster.setPodPhase(pod, 'Failed');
  else if (what === 'relabel') cluster.updatePod(pod, { labels });
  else cluster.removePod(pod);
}
