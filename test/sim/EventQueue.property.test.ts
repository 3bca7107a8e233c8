import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventKind, eventKind } from '../../src/sim/EventKind.ts';
import { type EventId, EventQueue, NO_EVENT, type Turn } from '../../src/sim/EventQueue.ts';
import { phases } from '../../src/sim/phase.ts';
import { type Instant, instant, NEVER } from '../../src/units.ts';

const anEntry = fc.record({
  at: fc.nat(5),
  phase: fc.nat(3),
  kind: fc.constantFrom<string>('bind', 'evict', 'ready'),
  entity: fc.constantFrom<string>('web-0', 'web-1'),
  ordinal: fc.constantFrom<number>(0, 2, 10),
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

  it('cancels only the event that an id was given for, however often its slot is used again', () => {
    const queue = new EventQueue();
    const kind = eventKind<unknown>({ name: 'k', phase: 'Change', fire: () => {} });
    const first = queue.push(kind, undefined, 'first', instant(1));
    expect(fireNext(queue)).toBe(true);
    for (let at = 2; at < 5000; at += 1) {
      queue.push(kind, undefined, 'later', instant(at));
      queue.cancel(first);
      queue.cancel(NO_EVENT);
      expect([fireNext(queue), queue.now]).toEqual([true, at]);
    }
    expect(queue.hasForeground).toBe(false);
  });

  it('behaves like a plain list that is sorted again and again, however pushes, pops and calls are mixed', () => {
    fc.assert(
      fc.property(fc.array(aStep, { maxLength: 120, size: 'max' }), (steps) => {
        const queue = new KnownQueue();
        for (const step of steps) queue.take(step);
        queue.popAll();
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the order of very many events of one instant', () => {
    const queue = new KnownQueue();
    const names = Array.from({ length: 400 }, (_, i) => `web-${(i * 7919) % 400}`);
    for (const [i, entity] of names.entries()) queue.push({ ...PLAIN, entity, delay: i % 2 });
    const [now, later] = [0, 1].map((delay) => names.filter((_, i) => i % 2 === delay).sort(byText));
    expect(queue.popAll()).toEqual([...(now ?? []), ...(later ?? [])]);
  });
});

const aStep = fc.oneof(
  { weight: 6, arbitrary: fc.record({ step: fc.constant('push' as const), entry: anEntry, delay: fc.constantFrom(0, 0, 0, 1, 2) }) },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('pop' as const), wait: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('cancel' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('ask' as const), entry: anEntry }) },
);

type Step = typeof aStep extends fc.Arbitrary<infer T> ? T : never;
type Known = Entry & { readonly index: number; readonly id: EventId };

/** A queue beside a plain list of what it must hold, in order. */
class KnownQueue {
  private readonly queue = new EventQueue();
  private readonly kinds = new Map<string, EventKind<Turn>>();
  private readonly ids: EventId[] = [];
  private fired: (Turn & { readonly of: EventKind<Turn> }) | undefined = undefined;
  private pending: Known[] = [];
  private now = 0;

  take(step: Step): void {
    if (step.step === 'push') this.push({ ...step.entry, delay: step.delay });
    else if (step.step === 'pop') this.pop(this.now + step.wait);
    else if (step.step === 'cancel') this.cancel(this.ids[step.pick % this.ids.length]);
    else this.ask(step.entry);
    expect(this.queue.hasForeground).toBe(this.pending.some((known) => !isBackground(known)));
  }

  push({ delay, ...entry }: Entry & { readonly delay: number }): void {
    const at = this.now + delay;
    const subject = { ...entry, at };
    const kind = this.kindOf(entry);
    const { entity, ordinal } = entry;
    const id = ordinal === 0 ? this.queue.push(kind, subject, entity, instant(at)) : this.queue.pushTurn(kind, subject, instant(at));
    this.pending.push({ ...subject, index: this.ids.length, id });
    this.pending.sort((a, b) => compare(a, b) || a.index - b.index);
    this.ids.push(id);
  }

  /** @returns the entities of what was left, in the order in which it has fired. */
  popAll(): string[] {
    const entities: string[] = [];
    while (this.pending.length > 0) {
      this.pop(Number.POSITIVE_INFINITY);
      entities.push(this.fired?.entity ?? '');
    }
    expect(this.queue.advance(NEVER)).toBe(false);
    return entities;
  }

  private pop(until: number): void {
    const [first] = this.pending;
    const isDue = first !== undefined && first.at <= until;
    expect(this.queue.advance(until as Instant)).toBe(isDue);
    if (!isDue) return;
    this.pending.shift();
    this.now = first.at;
    const { kind, phase, entity, ordinal, at } = first;
    expect(this.queue.now).toBe(at);
    this.queue.fire();
    expect(this.fired).toMatchObject({ kind, phase, entity, ordinal, of: this.kindOf(first) });
  }

  private cancel(id: EventId | undefined): void {
    this.queue.cancel(id ?? NO_EVENT);
    this.pending = this.pending.filter((known) => known.id !== id);
  }

  private ask(entry: Entry): void {
    const more = { ...entry, at: this.now };
    expect(this.queue.wouldBeFirst(this.kindOf(entry), entry)).toBe(this.pending.every((known) => compare(more, known) < 0));
  }

  /** Two kinds share each phase and name, and one of them is a background kind. */
  private kindOf(entry: Entry): EventKind<Turn> {
    const key = `${entry.phase}/${entry.kind}/${isBackground(entry)}`;
    const fire = (subject: Turn) => {
      this.fired = { ...subject, of: kind };
    };
    const kind: EventKind<Turn> = this.kinds.get(key) ?? { ...kindOf(entry, fire), isBackground: isBackground(entry) };
    this.kinds.set(key, kind);
    return kind;
  }
}

function isBackground({ ordinal }: Turn): boolean {
  return ordinal > 2;
}

function drain(entries: readonly (Entry & { index: number })[]): number[] {
  const [queue, order] = filled(entries);
  while (fireNext(queue));
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

const PLAIN: Entry = { at: 0, phase: 0, kind: 'bind', entity: '', ordinal: 0, cancelled: false };

function fireNext(queue: EventQueue): boolean {
  if (!queue.advance(NEVER)) return false;
  queue.fire();
  return true;
}

type Ordered = Pick<Entry, 'at' | 'phase' | 'kind' | 'entity' | 'ordinal'>;

function compare(a: Ordered, b: Ordered): number {
  return a.at - b.at || a.phase - b.phase || byText(a.kind, b.kind) || byText(a.entity, b.entity) || a.ordinal - b.ordinal;
}

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
