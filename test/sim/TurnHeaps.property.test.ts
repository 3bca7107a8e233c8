import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventIds, NO_SLOT } from '../../src/sim/EventIds.ts';
import { TurnHeaps } from '../../src/sim/TurnHeaps.ts';

describe('TurnHeaps', () => {
  it('gives events by entity, ordinal, then id, whatever they were melded with', () => {
    const aTurn = fc.record({ entity: fc.constantFrom('a', 'b', 'c'), ordinal: fc.nat(2), heap: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(aTurn, { maxLength: 100, size: 'max' }), (turns) => {
        const ids = new EventIds();
        const heaps = new TurnHeaps(ids);
        const roots = [NO_SLOT, NO_SLOT, NO_SLOT];
        const slots = turns.map(({ entity, ordinal, heap }) => {
          const slot = heaps.take(entity, ordinal);
          ids.issue(slot);
          roots[heap] = both(heaps, roots[heap] ?? NO_SLOT, slot);
          return slot;
        });
        const root = roots.reduce((melded, other) => both(heaps, melded, other), NO_SLOT);
        const order = turns.map((_, index) => index).sort((a, b) => compare(turns[a], turns[b]) || a - b);
        expect(inOrder(heaps, root)).toEqual(order.map((index) => slots[index]));
      }),
    );
  });

  it('uses the slots of events that are over again, and keeps chains apart', () => {
    const heaps = new TurnHeaps(new EventIds());
    const [first, second] = [heaps.take('a', 0), heaps.take('b', 0)];
    heaps.link(first, second);
    expect(heaps.unlink(first)).toBe(second);
    expect(heaps.unlink(second)).toBe(NO_SLOT);
    heaps.release(first);
    expect(heaps.take('c', 0)).toBe(first);
    expect(heaps.withoutRoot(first)).toBe(NO_SLOT);
  });
});

function both(heaps: TurnHeaps, root: number, other: number): number {
  if (root < 0) return other;
  return other < 0 ? root : heaps.meld(root, other);
}

function inOrder(heaps: TurnHeaps, root: number): number[] {
  const slots: number[] = [];
  for (let slot = root; slot >= 0; slot = heaps.withoutRoot(slot)) slots.push(slot);
  return slots;
}

interface Ordered {
  readonly entity: string;
  readonly ordinal: number;
}

function compare(a: Ordered | undefined, b: Ordered | undefined): number {
  if (!a || !b) return 0;
  return a.entity === b.entity ? a.ordinal - b.ordinal : a.entity < b.entity ? -1 : 1;
}
