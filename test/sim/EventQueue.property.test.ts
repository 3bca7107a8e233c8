import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventKind, eventKind } from '../../src/sim/EventKind.ts';
import { type DueEvent, EventQueue, NO_EVENT } from '../../src/sim/EventQueue.ts';
import { phases } from '../../src/sim/phase.ts';
import { instant, NEVER } from '../../src/units.ts';

const anEntry = fc.record({
  at: fc.nat(5),
  phase: fc.nat(3),
  kind: fc.constantFrom('bind', 'evict', 'ready'),
  entity: fc.constantFrom('web-0', 'web-1'),
  ordinal: fc.constantFrom(0, 2, 10),
  cancelled: fc.boolean(),
});

type Entry = typeof anEntry extends fc.Arbitrary<infer T> ? T : never;

describe('EventQueue', () => {
  it('gives events by time, phase, kind, entity, ordinal, then in the order they were pushed, without the cancelled ones', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 60 }), (entries) => {
        const numbered = entries.map((entry, index) => ({ ...entry, index }));
        const expected = numbered.filter((entry) => !entry.cancelled).sort((a, b) => compare(a, b) || a.index - b.index);
        expect(drain(numbered)).toEqual(expected.map((entry) => entry.index));
      }),
    );
  });

  it('knows whether one more event would be the first', () => {
    fc.assert(
      fc.property(fc.array(anEntry, { maxLength: 4 }), anEntry, (entries, more) => {
        const numbered = entries.map((entry, index) => ({ ...entry, index }));
        const [queue] = filled(numbered);
        const others = entries.filter((entry) => !entry.cancelled);
        const isFirst = queue.wouldBeFirst(
          kindOf(more, () => {}),
          more,
          instant(more.at),
        );
        expect(isFirst).toBe(others.every((other) => compare(more, other) < 0));
      }),
    );
  });

  it('calls off nothing but the event that an id was given for, however often its slot is used again', () => {
    const queue = new EventQueue();
    const first = queue.push(KIND, undefined, 'first', instant(1));
    expect(pop(queue)?.at).toBe(1);
    queue.push(KIND, undefined, 'second', instant(2));
    queue.cancel(first);
    expect(pop(queue)?.at).toBe(2);
    expect(queue.hasForeground).toBe(false);
  });

  it('keeps its order when pushes and pops are mixed', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat(50)), { maxLength: 80 }), (steps) => {
        const queue = new EventQueue();
        const pending: number[] = [];
        for (const step of steps) {
          if (step === null) {
            expect(pop(queue)?.at).toBe(pending.shift());
            continue;
          }
          queue.push(KIND, undefined, 'e', instant(step));
          pending.push(step);
          pending.sort((a, b) => a - b);
        }
        expect(queue.peek()).toBe(pending[0]);
      }),
    );
  });
});

function drain(entries: readonly (Entry & { index: number })[]): number[] {
  const [queue, order] = filled(entries);
  for (let next = pop(queue); next; next = pop(queue)) next.kind.fire(next.subject);
  return order;
}

/** A queue with `entries`, some of them called off, and the numbers of those that have fired. */
function filled(entries: readonly (Entry & { index: number })[]): [EventQueue, number[]] {
  const queue = new EventQueue();
  const order: number[] = [];
  const kinds = new Map<string, EventKind<Entry & { index: number }>>();
  const ids = entries.map((entry) => {
    const key = `${entry.phase}/${entry.kind}`;
    const kind = kinds.get(key) ?? kindOf<typeof entry>(entry, ({ index }) => order.push(index));
    kinds.set(key, kind);
    const { entity, ordinal, at } = entry;
    return ordinal === 0 ? queue.push(kind, entry, entity, instant(at)) : queue.pushTurn(kind, entry, instant(at));
  });
  entries.forEach(({ cancelled }, index) => {
    if (cancelled) queue.cancel(ids[index] ?? NO_EVENT);
  });
  return [queue, order];
}

function kindOf<Subject>({ kind: name, phase }: Entry, fire: (subject: Subject) => unknown): EventKind<Subject> {
  return eventKind<Subject>({ name, phase: phases[phase] ?? 'Change', fire: (subject) => void fire(subject) });
}

const KIND = eventKind<undefined>({ name: 'k', phase: 'Change', fire: () => {} });

function pop(queue: EventQueue): DueEvent | undefined {
  const due: DueEvent = { kind: KIND, subject: undefined, at: instant(0) };
  return queue.pop(due, NEVER) ? due : undefined;
}

function compare(a: Entry, b: Entry): number {
  return a.at - b.at || a.phase - b.phase || byText(a.kind, b.kind) || byText(a.entity, b.entity) || a.ordinal - b.ordinal;
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
