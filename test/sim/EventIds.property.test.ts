import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventIds, NO_SLOT } from '../../src/sim/EventIds.ts';

describe('EventIds', () => {
  it('knows the slots of pending events by their ids and of no other numbers, around the largest small integer too', () => {
    const aStep = fc.record({ slot: fc.nat(7), stride: fc.constantFrom(1, 300) });
    fc.assert(
      fc.property(fc.constantFrom(0, 2 ** 31 - 5), fc.array(aStep, { maxLength: 100, size: 'max' }), (first, steps) => {
        const known = new KnownIds(first);
        for (const { slot, stride } of steps) known.toggle(slot * stride);
        known.check();
      }),
    );
  });

  it('passes over the ids whose places pending events keep, fewer than it gives', () => {
    const known = new KnownIds(0);
    const kept = 1000;
    for (let slot = 0; slot < kept; slot += 1) known.toggle(slot);
    const given = 5000;
    for (let i = 0; i < given; i += 1) {
      known.toggle(kept);
      known.toggle(kept);
    }
    known.check();
    expect(new Set(known.given).size).toBe(kept + given);
    expect(known.given.at(-1)).toBeLessThan(2 * (kept + given));
  });

  it('does not take a new id for an old one, however often the slot is used again', () => {
    const ids = new EventIds();
    const stale = ids.issue(3);
    ids.withdraw(3);
    for (let i = 0; i < 5000; i += 1) {
      const id = ids.issue(3);
      expect(ids.slotOf(stale)).toBe(NO_SLOT);
      expect(ids.slotOf(id)).toBe(3);
      ids.withdraw(3);
      expect(ids.slotOf(id)).toBe(NO_SLOT);
    }
  });
});

/** Ids beside a plain list of what they must know. */
class KnownIds {
  readonly given: number[] = [];
  private readonly ids: EventIds;
  private readonly pending = new Map<number, number>();

  constructor(first: number) {
    this.ids = new EventIds(first);
  }

  /** Lets an event begin in `slot`, or be over if there is one. */
  toggle(slot: number): void {
    if (this.pending.delete(slot)) this.ids.withdraw(slot);
    else {
      const id = this.ids.issue(slot);
      this.pending.set(slot, id);
      this.given.push(id);
    }
  }

  check(): void {
    const slots = new Map([...this.pending].map(([slot, id]) => [id, slot]));
    for (const id of this.given) expect(this.ids.slotOf(id)).toBe(slots.get(id) ?? NO_SLOT);
    expect(this.ids.slotOf(-1)).toBe(NO_SLOT);
    expect(this.given).toEqual([...this.given].sort((a, b) => a - b));
    const some = [...this.pending].slice(0, 20);
    for (const [a, id] of some) for (const [b, other] of some) expect(this.ids.isOlder(a, b)).toBe(id < other);
  }
}
