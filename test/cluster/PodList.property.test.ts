import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pod } from '../../src/cluster/Pod.ts';
import { PodList } from '../../src/cluster/PodList.ts';
import { PodLists } from '../../src/cluster/PodLists.ts';
import { BOUND, OWNED, PodRows } from '../../src/cluster/PodRows.ts';
import { aPod, podOutside } from '../support/builders.ts';

const PODS: readonly Pod[] = Array.from({ length: 40 }, (_, slot) => Object.assign(podOutside(aPod(`p${slot}`)), { slot }));

/** Which pod enters or leaves which of two lists. */
const deed = fc.record({ whom: fc.nat(PODS.length - 1), list: fc.nat(1) });

describe('PodList', () => {
  it('holds the pods that a set would hold, in the same order', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 400, size: 'max' }), (deeds) => {
        const both = twoLists();
        for (const one of deeds) apply(both, one);
        for (const { list, set } of both)
          expect([[...list], visited(list), visitedBySlot(list), list.size]).toEqual([[...set], [...set], [...set], set.size]);
      }),
    );
  });

  it('is gone through as a set is while it changes', () => {
    const steps = fc.array(fc.array(deed, { maxLength: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), steps, (start, later) => {
        const both = twoLists();
        for (const one of start) apply(both, one);
        const [ways, expected] = [both.map(({ list }) => list[Symbol.iterator]()), both.map(({ set }) => set[Symbol.iterator]())];
        for (const deeds of later) {
          expect(ways.map((way) => way.next().value)).toEqual(expected.map((way) => way.next().value));
          for (const one of deeds) apply(both, one);
        }
      }),
    );
  });

  it('frees the list when an iteration stops early', () => {
    const lists = new PodLists(rowsOf(PODS), OWNED);
    const list = new PodList(lists, 0);
    for (const { slot } of PODS.slice(0, 3)) lists.add(0, slot);
    for (const _ of list) break;
    for (const _ of list) expect(lists.walks).toBe(1);
    expect(lists.walks).toBe(0);
  });
});

function visited(list: PodList): Pod[] {
  const pods: Pod[] = [];
  list.forEach((pod) => void pods.push(pod));
  return pods;
}

function visitedBySlot(list: PodList): (Pod | undefined)[] {
  const pods: (Pod | undefined)[] = [];
  list.forEachSlot((slot) => void pods.push(PODS[slot]));
  return pods;
}

interface Pair {
  readonly lists: PodLists;
  readonly number: number;
  readonly list: PodList;
  readonly set: Set<Pod>;
}

function twoLists(): readonly Pair[] {
  const lists = new PodLists(rowsOf(PODS), BOUND);
  return [0, 1].map((number) => ({ lists, number, list: new PodList(lists, number), set: new Set<Pod>() }));
}

function rowsOf(pods: readonly Pod[]): PodRows {
  const rows = new PodRows();
  for (const pod of pods) rows.put(pod);
  return rows;
}

/** A pod that is in a list leaves it, another one enters the list. */
function apply(both: readonly Pair[], { whom, list: index }: { readonly whom: number; readonly list: number }): void {
  const pod = PODS[whom];
  const to = both[index];
  const from = both.find(({ set }) => pod && set.has(pod)) ?? to;
  if (!pod || !from || !to) return;
  if (from.set.delete(pod)) from.lists.delete(from.number, pod.slot);
  else {
    to.set.add(pod);
    to.lists.add(to.number, pod.slot);
  }
}
