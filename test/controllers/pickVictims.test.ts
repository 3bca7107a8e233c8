import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import type { PodDescription } from '../../src/cluster/Pod.ts';
import { pickVictims } from '../../src/controllers/pickVictims.ts';
import { instant } from '../../src/units.ts';
import { aNode, aPod, aReplicaSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web' };
const running = (name: string, createdAt: number, more: Partial<PodDescription> = {}) =>
  aPod(name, { owner, nodeName: 'n1', createdAt: instant(-createdAt * 1000), ...more });
const COST = 'controller.kubernetes.io/pod-deletion-cost';

const cases: readonly { name: string; pods: readonly PodDescription[]; victim: string }[] = [
  { name: 'a pod without a node before one with', pods: [running('a', 1), aPod('b', { owner })], victim: 'b' },
  { name: 'a pending pod before a running one', pods: [running('a', 1), running('b', 1, { phase: 'Pending', ready: true })], victim: 'b' },
  { name: 'a pod that is not Ready before one that is', pods: [running('a', 1), running('b', 999, { ready: false })], victim: 'b' },
  { name: 'the lower deletion cost first', pods: [running('a', 1), running('b', 999, { annotations: { [COST]: '-5' } })], victim: 'b' },
  {
    name: 'a pod that shares its node with a sibling first',
    pods: [running('a', 1, { nodeName: 'n2' }), running('b', 999), running('c', 9999)],
    victim: 'b',
  },
  { name: 'the pod that has been Ready for less time by a power of two', pods: [running('a', 1000), running('b', 100)], victim: 'b' },
  { name: 'by name within one power of two: 40 s and 60 s of 34.36 to 68.72', pods: [running('a', 60), running('b', 40)], victim: 'a' },
];

describe('pickVictims', () => {
  it.each(cases)('takes $name', ({ pods, victim }) => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1'), aNode('n2')], workloads: [aReplicaSet('web', 1)], pods });
    const victims = pickVictims(cluster, [...cluster.pods.values()], { count: 1, now: instant(0) });
    expect(victims.map(({ name }) => name)).toEqual([victim]);
  });

  it('takes none when none are too many, and all when all are', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, pods: [running('a', 1), running('b', 1)] });
    const pods = [...cluster.pods.values()];
    expect(pickVictims(cluster, pods, { count: -1, now: instant(0) })).toEqual([]);
    expect(pickVictims(cluster, pods, { count: 2, now: instant(0) })).toEqual(pods);
  });

  it('takes equal pods by lot, lowest first', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: [running('a', 60), running('b', 60)] });
    const lot = ({ name }: { readonly name: string }) => (name === 'b' ? 0.1 : 0.9);
    expect(pickVictims(cluster, [...cluster.pods.values()], { count: 1, now: instant(0), lot }).map(({ name }) => name)).toEqual(['b']);
  });

  // Recorded roll scale-during: pods Ready for 16.9 s counted as old as those of 22 s (2^34 ns = 17.18 s), being stamped 17.2 s ago.
  it('compares the times that objects bear', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: [running('a', 22), running('b', 16.9)] });
    const pods = [...cluster.pods.values()];
    const stamp = (at: number) => instant(Math.floor((at + 300) / 1000) * 1000 - 300);
    const victims = (options: object) => pickVictims(cluster, pods, { count: 1, now: instant(0), ...options }).map(({ name }) => name);
    expect({ exact: victims({}), stamped: victims({ stamp }) }).toEqual({ exact: ['b'], stamped: ['a'] });
  });

  it('takes the younger of two pods that became Ready in one second', () => {
    const unready = { ready: false };
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')], pods: [running('a', 60, unready), running('b', 10, unready)] });
    const [a, b] = [...cluster.pods.values()];
    if (a) cluster.markPodReady(a, instant(-500));
    if (b) cluster.markPodReady(b, instant(-900));
    const stamp = (at: number) => instant(Math.floor(at / 1000) * 1000);
    const victims = pickVictims(cluster, [...cluster.pods.values()], { count: 1, now: instant(0), stamp });
    expect(victims.map(({ name }) => name)).toEqual(['b']);
  });
});
