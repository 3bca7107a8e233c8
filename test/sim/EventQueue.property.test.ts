import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../src/sim/EventQueue.ts';
import { instant } from '../../src/units.ts';

const anEntry = fc.record({
  at: fc.nat(5),
  phase: fc.nat(3),
  kind: fc.constantFrom('bind', 'evict', 'ready'),
  entity: fc.constantFrom('web-0', 'web-1'),
  cancelled: fc.boolean(),
});

type Entry = typeof anEntry extends fc.Arbitrary<infer T> ? T : never;

describe('EventQueue', () => {
  it('gives events by time, phase, kind, entity, then in the order they were pushed, without the cancelled ones', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 60 }), (entries) => {
        const numbered = entries.map((entry, index) => ({ ...entry, index }));
        const expected = numbered.filter((entry) => !entry.cancelled).sort((a, b) => compare(a, b) || a.index - b.index);
        expect(drain(numbered)).toEqual(expected.map((entry) => entry.index));
      }),
    );
  });

  it('keeps its order when pushes and pops are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(50)), { maxLength: 80 }), (steps) => {
        const queue = new EventQueue();
        const pending: number[] = [];
        for (const step of steps) {
          if (step === null) {
            expect(queue.pop()?.at).toBe(pending.shift());
            continue;
          }
          queue.push({ kind: 'k', entity: 'e', fire() {} }, instant(step), 0);
          pending.push(step);
          pending.sort((a, b) => a - b);
        }
        expect(queue.peek()).toBe(pending[0]);
      }),
    );
  });
});

function drain(entries: readonly (Entry & { index: number })[]): number[] {
  const queue = new EventQueue();
  const order: number[] = [];
  const handles = entries.map(({ at, phase, kind, entity, index }) =>
    queue.push({ kind, entity, fire: () => order.push(index) }, instant(at), phase),
  );
  entries.forEach((entry, index) => {
    if (entry.cancelled) handles[index]?.cancel();
  });
  for (let next = queue.pop(); next; next = queue.pop()) next.event.fire();
  return order;
}

function compare(a: Entry, b: Entry): number {
  return a.at - b.at || a.phase - b.phase || byText(a.kind, b.kind) || byText(a.entity, b.entity);
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
