import type { Instant } from '../units.ts';
import type { EventKind } from './EventKind.ts';

/** A pending event, to call it off by; good until it fires or is called off. */
export type EventId = number & { readonly [id]: 'EventId' };
declare const id: unique symbol;

/** An id that no event ever has. */
export const NO_EVENT = -1 as EventId;

/** An event that has come to its turn. */
export interface DueEvent {
  kind: EventKind<unknown>;
  subject: unknown;
  at: Instant;
}

/**
 * Pending events, earliest first: by time, phase, kind, entity, then order of scheduling.
 *
 * Kind and entity come before the order of scheduling so that a change of implementation cannot change a result. A binary heap of slots;
 * what is known of an event stands in columns by slot, and a slot is used again when its event is over.
 */
export class EventQueue {
  private times = new Float64Array(FIRST_SLOTS);
  private sequences = new Float64Array(FIRST_SLOTS);
  /** 1 for an event that is still to fire; one that was called off keeps its place in the order until it comes to the top. */
  private isPending = new Uint8Array(FIRST_SLOTS);
  private readonly kinds: EventKind<unknown>[] = [];
  private readonly entities: string[] = [];
  private readonly subjects: unknown[] = [];
  private readonly heap: number[] = [];
  private readonly free: number[] = [];
  private readonly ranked: EventKind<unknown>[] = [];
  private sequence = 0;
  private foreground = 0;

  /** Whether anything but background events is pending. */
  get hasForeground(): boolean {
    return this.foreground > 0;
  }

  push<Subject>(kind: EventKind<Subject>, subject: Subject, entity: string, at: Instant): EventId {
    if (kind.rank < 0) this.rank(kind);
    if (!kind.isBackground) this.foreground += 1;
    const slot = this.free.pop() ?? this.newSlot(kind);
    const sequence = this.sequence++;
    this.times[slot] = at;
    this.sequences[slot] = sequence;
    this.isPending[slot] = 1;
    this.kinds[slot] = kind;
    this.entities[slot] = entity;
    this.subjects[slot] = subject;
    this.heap.push(slot);
    this.siftUp(slot, this.heap.length - 1);
    return (sequence * MOST_SLOTS + slot) as EventId;
  }

  /** Instant of the earliest pending event, undefined when none is pending. */
  peek(): Instant | undefined {
    for (let top = this.heap[0]; top !== undefined; top = this.heap[0]) {
      if (this.isPending[top] === 1) return this.times[top] as Instant;
      this.vacate(this.removeTop());
    }
    return undefined;
  }

  /** Takes the earliest pending event out and writes it into `due`. @returns false when none is pending up to `until`. */
  pop(due: DueEvent, until: Instant): boolean {
    const at = this.peek();
    if (at === undefined || at > until) return false;
    const slot = this.removeTop();
    const kind = this.kinds[slot];
    if (!kind) return false;
    if (!kind.isBackground) this.foreground -= 1;
    due.kind = kind;
    due.subject = this.subjects[slot];
    due.at = asInteger(at) as Instant;
    this.vacate(slot);
    return true;
  }

  /** Calls an event off; does nothing once it has fired. */
  cancel(event: EventId): void {
    if (event < 0) return;
    const slot = event % MOST_SLOTS;
    if (this.isPending[slot] !== 1 || this.sequences[slot] !== Math.floor(event / MOST_SLOTS)) return;
    if (this.kinds[slot]?.isBackground === false) this.foreground -= 1;
    this.isPending[slot] = 0;
    this.subjects[slot] = undefined;
  }

  private rank(kind: EventKind<unknown>): void {
    this.ranked.push(kind);
    this.ranked.sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
    let rank = 0;
    for (const [index, one] of this.ranked.entries()) {
      if (index > 0 && this.ranked[index - 1]?.name !== one.name) rank += 1;
      one.rank = rank;
    }
  }

  private newSlot(kind: EventKind<unknown>): number {
    const slot = this.kinds.length;
    if (slot === this.times.length) {
      this.times = withRoom(new Float64Array(2 * slot), this.times);
      this.sequences = withRoom(new Float64Array(2 * slot), this.sequences);
      this.isPending = withRoom(new Uint8Array(2 * slot), this.isPending);
    }
    this.kinds.push(kind);
    this.entities.push('');
    this.subjects.push(undefined);
    return slot;
  }

  private vacate(slot: number): void {
    this.isPending[slot] = 0;
    this.subjects[slot] = undefined;
    this.free.push(slot);
  }

  private removeTop(): number {
    const { heap } = this;
    const top = heap[0] ?? 0;
    const last = heap.pop() ?? top;
    if (last !== top) this.siftDown(last);
    return top;
  }

  private siftUp(slot: number, from: number): void {
    const { heap } = this;
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above] ?? 0;
      if (!this.isBefore(slot, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = slot;
  }

  private siftDown(slot: number): void {
    const { heap } = this;
    const size = heap.length;
    let place = 0;
    for (let below = 1; below < size; below = 2 * place + 1) {
      const right = below + 1;
      if (right < size && this.isBefore(heap[right] ?? 0, heap[below] ?? 0)) below = right;
      const child = heap[below] ?? 0;
      if (!this.isBefore(child, slot)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = slot;
  }

  private isBefore(a: number, b: number): boolean {
    const at = this.times[a] ?? 0;
    const other = this.times[b] ?? 0;
    if (at !== other) return at < other;
    const kind = this.kinds[a];
    const otherKind = this.kinds[b];
    if (kind && otherKind && kind !== otherKind) {
      if (kind.phase !== otherKind.phase) return kind.phase < otherKind.phase;
      if (kind.rank !== otherKind.rank) return kind.rank < otherKind.rank;
    }
    const entity = this.entities[a] ?? '';
    const otherEntity = this.entities[b] ?? '';
    if (entity !== otherEntity) return entity < otherEntity;
    return (this.sequences[a] ?? 0) < (this.sequences[b] ?? 0);
  }
}

/** Room at the start; it doubles when it is full. */
const FIRST_SLOTS = 1024;
/** An id is a sequence number times this plus a slot. */
const MOST_SLOTS = 2 ** 22;

/**
 * The same number, kept as a small integer where it is one: what comes out of a column of floating-point numbers would otherwise be
 * stored in a box of its own by everyone who notes the time.
 */
function asInteger(value: number): number {
  return value < 2 ** 31 ? value | 0 : value;
}

function withRoom<Column extends Float64Array | Uint8Array>(room: Column, column: Column): Column {
  room.set(column);
  return room;
}
