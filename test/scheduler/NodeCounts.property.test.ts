import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeCounts } from '../../src/scheduler/NodeCounts.ts';
import { PairPool } from '../../src/scheduler/PairPool.ts';

const additions = fc.array(fc.record({ of: fc.nat(4), slot: fc.oneof(fc.nat(60), fc.nat(700)) }), { maxLength: 800 });

describe('NodeCounts', () => {
  it('counts as a map does, whatever else lies in the same pool', () => {
    fc.assert(fc.property(additions, fc.infiniteStream(fc.boolean()), checkAgainstMaps));
  });

  it('counts many pods at once as one by one, and goes on from there', () => {
    const slots = fc.array(fc.nat(60), { maxLength: 200 });
    fc.assert(
      fc.property(slots, slots, (first, more) => {
        const pool = new PairPool();
        const [atOnce, oneByOne] = [new NodeCounts(pool), new NodeCounts(pool)];
        atOnce.fill(first);
        for (const slot of first) oneByOne.add(slot, 1);
        for (const slot of more) for (const counts of [atOnce, oneByOne]) counts.add(slot, 1);
        expect(Object.fromEntries(entriesOf(atOnce))).toEqual(Object.fromEntries(entriesOf(oneByOne)));
        expect(atOnce.version).toBe(1 + more.length);
        expect(atOnce.most).toBe(oneByOne.most);
      }),
    );
  });

  it('knows the most pods that any node ever had', () => {
    const counts = new NodeCounts();
    counts.fill([4, 9, 4]);
    counts.add(9, 2);
    counts.add(9, -3);
    counts.add(7, 1);
    expect(counts.most).toBe(3);
  });

  it('tells a reader of an earlier version what has changed since, as long as it remembers', () => {
    const counts = new NodeCounts();
    expect(counts.remembers(0)).toBe(true);
    counts.add(7, 1);
    counts.add(3, 2);
    expect([counts.remembers(0), counts.changedSlot(0), counts.changeAt(1), counts.version]).toEqual([true, 7, 2, 2]);
    for (let i = 0; i < 20; i += 1) counts.add(i, 1);
    expect([counts.remembers(0), counts.remembers(counts.version - 3)]).toEqual([false, true]);
  });
});

/** Adds one pod, or takes one away where there are some, in one of several counts; each remembers its changes from its third one on. */
function checkAgainstMaps(steps: readonly { readonly of: number; readonly slot: number }[], isMore: Iterator<boolean>): void {
  const pool = new PairPool();
  const all = Array.from({ length: 5 }, () => ({ counts: new NodeCounts(pool), map: new Map<number, number>() }));
  for (const { of, slot } of steps) {
    const { counts, map } = all[of] ?? { counts: new NodeCounts(), map: new Map<number, number>() };
    const before = map.get(slot) ?? 0;
    const change = before === 0 || isMore.next().value ? 1 : -1;
    counts.add(slot, change);
    if (counts.version === 3) counts.remembers(3);
    if (before + change === 0) map.delete(slot);
    else map.set(slot, before + change);
  }
  for (const { counts, map } of all) {
    expect(entriesOf(counts)).toEqual(inOrder([...map]));
    for (let slot = 0; slot <= 700; slot += 1) if (counts.at(slot) !== (map.get(slot) ?? 0)) expect.fail(`other pods in slot ${slot}`);
  }
}

function entriesOf(counts: NodeCounts): [number, number][] {
  return inOrder(Array.from({ length: counts.size }, (_, i) => [counts.slotAt(i), counts.podsAt(i)]));
}

function inOrder(entries: readonly [slot: number, pods: number][]): [number, number][] {
  return [...entries].sort(([a], [b]) => a - b);
}
