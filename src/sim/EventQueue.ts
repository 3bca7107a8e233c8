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

/** The place of an event among those of its kind in one instant: by entity, then by ordinal, small ones first. */
export interface Turn {
  readonly entity: string;
  readonly ordinal: number;
}

/** Whether `turn` comes before `other`. */
export function isBefore(turn: Turn, other: Turn): boolean {
  return turn.entity === other.entity ? turn.ordinal < other.ordinal : turn.entity < other.entity;
}

/**
 * Pending events, earliest first: by time, phase, kind, entity, ordinal (0 unless it is given), then order of scheduling.
 *
 * Kind and entity come before the order of scheduling so that a change of implementation cannot change a result. Events of one kind and
 * instant mostly come in their order and form runs, each event linked to the next one. The first ones of all runs are a binary heap of slots,
 * each beside its time, for most comparisons need no more; what else is known of an event stands in columns by slot, and a slot is used again
 * when its event is over.
 */
export class EventQueue {
  private heapTimes = new Float64Array(FIRST_SLOTS);
  private heapSlots = new Int32Array(FIRST_SLOTS);
  private size = 0;
  private times = new Float64Array(FIRST_SLOTS);
  /** The next one in the run, below 0 for none. */
  private successors = new Int32Array(FIRST_SLOTS);
  private ranks = new Int32Array(FIRST_SLOTS);
  private ordinals = new Int32Array(FIRST_SLOTS);
  private sequences = new Float64Array(FIRST_SLOTS);
  /** 1 for an event that is still to fire; one that was called off keeps its place in the order until it comes to the top. */
  private isPending = new Uint8Array(FIRST_SLOTS);
  private readonly kinds: EventKind<unknown>[] = [];
  private readonly entities: string[] = [];
  private readonly subjects: unknown[] = [];
  private readonly free: number[] = [];
  private readonly ranked: EventKind<unknown>[] = [];
  private sequence = 0;
  private foreground = 0;

  /** Whether anything but background events is pending. */
  get hasForeground(): boolean {
    return this.foreground > 0;
  }

  push<Subject>(kind: EventKind<Subject>, subject: Subject, entity: string, at: Instant): EventId {
    const slot = this.slotFor(kind, subject);
    this.entities[slot] = entity;
    this.ordinals[slot] = 0;
    return this.insert(kind, slot, at);
  }

  /** As `push`, for a subject that may have several events of a kind and one entity in an instant. */
  pushTurn<Subject extends Turn>(kind: EventKind<Subject>, subject: Subject, at: Instant): EventId {
    const slot = this.slotFor(kind, subject);
    this.entities[slot] = subject.entity;
    this.ordinals[slot] = subject.ordinal;
    return this.insert(kind, slot, at);
  }

  /** Instant of the earliest pending event, undefined when none is pending. */
  peek(): Instant | undefined {
    while (this.size > 0) {
      if (this.isPending[this.heapSlots[0] ?? 0] === 1) return this.heapTimes[0] as Instant;
      this.vacate(this.removeTop());
    }
    return undefined;
  }

  /** Whether an event of `kind` that is pushed now for `turn` at `at` would be the first of all. */
  wouldBeFirst<Subject>(kind: EventKind<Subject>, turn: Turn, at: Instant): boolean {
    const earliest = this.peek();
    if (earliest !== at) return earliest === undefined || earliest > at;
    if (kind.rank < 0) this.rank(kind);
    const top = this.heapSlots[0] ?? 0;
    const rank = this.ranks[top] ?? 0;
    if (kind.rank !== rank) return kind.rank < rank;
    const entity = this.entities[top] ?? '';
    return turn.entity === entity ? turn.ordinal < (this.ordinals[top] ?? 0) : turn.entity < entity;
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

  /** Ranks all kinds anew, which keeps the order of those known before; that is seldom, for a run knows few kinds. */
  private rank(kind: EventKind<unknown>): void {
    this.ranked.push(kind);
    this.ranked.sort((a, b) => a.phase - b.phase || (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
    let rank = 0;
    let before = this.ranked[0] ?? kind;
    for (const one of this.ranked) {
      if (one.phase !== before.phase || one.name !== before.name) rank += 1;
      one.rank = rank;
      before = one;
    }
    for (const [slot, one] of this.kinds.entries()) this.ranks[slot] = one.rank;
  }

  /** A free slot in which `kind` and `subject` are noted. */
  private slotFor<Subject>(kind: EventKind<Subject>, subject: Subject): number {
    if (kind.rank < 0) this.rank(kind);
    if (!kind.isBackground) this.foreground += 1;
    const slot = this.free.pop() ?? this.newSlot(kind);
    this.kinds[slot] = kind;
    this.ranks[slot] = kind.rank;
    this.subjects[slot] = subject;
    return slot;
  }

  /** Puts the event of a slot where it belongs. */
  private insert<Subject>(kind: EventKind<Subject>, slot: number, at: Instant): EventId {
    const before = kind.last;
    const sequence = this.sequence++;
    this.times[slot] = at;
    this.successors[slot] = NO_SLOT;
    this.sequences[slot] = sequence;
    this.isPending[slot] = 1;
    kind.last = slot;
    if (this.times[before] === at && this.isEndOfRun(before, kind) && this.isEarlier(before, slot)) this.successors[before] = slot;
    else this.siftUp(slot, at);
    return (sequence * MOST_SLOTS + slot) as EventId;
  }

  private isEndOfRun(slot: number, kind: EventKind<unknown>): boolean {
    return this.kinds[slot] === kind && this.isPending[slot] === 1 && (this.successors[slot] ?? 0) < 0;
  }

  private newSlot(kind: EventKind<unknown>): number {
    const slot = this.kinds.length;
    if (slot === this.sequences.length) this.enlarge(2 * slot);
    this.kinds.push(kind);
    this.entities.push('');
    this.subjects.push(undefined);
    return slot;
  }

  private enlarge(room: number): void {
    this.heapTimes = withRoom(new Float64Array(room), this.heapTimes);
    this.heapSlots = withRoom(new Int32Array(room), this.heapSlots);
    this.times = withRoom(new Float64Array(room), this.times);
    this.successors = withRoom(new Int32Array(room), this.successors);
    this.ranks = withRoom(new Int32Array(room), this.ranks);
    this.ordinals = withRoom(new Int32Array(room), this.ordinals);
    this.sequences = withRoom(new Float64Array(room), this.sequences);
    this.isPending = withRoom(new Uint8Array(room), this.isPending);
  }

  private vacate(slot: number): void {
    this.isPending[slot] = 0;
    this.subjects[slot] = undefined;
    this.free.push(slot);
  }

  private removeTop(): number {
    const top = this.heapSlots[0] ?? 0;
    const successor = this.successors[top] ?? NO_SLOT;
    if (successor >= 0) {
      this.siftDown(successor, this.heapTimes[0] ?? 0);
      return top;
    }
    this.size -= 1;
    if (this.size > 0) this.siftDown(this.heapSlots[this.size] ?? 0, this.heapTimes[this.size] ?? 0);
    return top;
  }

  private siftUp(slot: number, at: number): void {
    const { heapTimes, heapSlots } = this;
    let place = this.size++;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const time = heapTimes[above] ?? 0;
      const parent = heapSlots[above] ?? 0;
      if (at > time || (at === time && !this.isEarlier(slot, parent))) break;
      heapTimes[place] = time;
      heapSlots[place] = parent;
      place = above;
    }
    heapTimes[place] = at;
    heapSlots[place] = slot;
  }

  private siftDown(slot: number, at: number): void {
    const { heapTimes, heapSlots, size } = this;
    let place = 0;
    for (let below = 1; below < size; below = 2 * place + 1) {
      let time = heapTimes[below] ?? 0;
      const right = below + 1;
      if (right < size) {
        const other = heapTimes[right] ?? 0;
        if (other < time || (other === time && this.isEarlier(heapSlots[right] ?? 0, heapSlots[below] ?? 0))) {
          below = right;
          time = other;
        }
      }
      const child = heapSlots[below] ?? 0;
      if (at < time || (at === time && this.isEarlier(slot, child))) break;
      heapTimes[place] = time;
      heapSlots[place] = child;
      place = below;
    }
    heapTimes[place] = at;
    heapSlots[place] = slot;
  }

  /** Which of two events of one instant comes first. */
  private isEarlier(a: number, b: number): boolean {
    const rank = this.ranks[a] ?? 0;
    const otherRank = this.ranks[b] ?? 0;
    if (rank !== otherRank) return rank < otherRank;
    const entity = this.entities[a] ?? '';
    const otherEntity = this.entities[b] ?? '';
    if (entity !== otherEntity) return entity < otherEntity;
    const ordinal = this.ordinals[a] ?? 0;
    const otherOrdinal = this.ordinals[b] ?? 0;
    if (ordinal !== otherOrdinal) return ordinal < otherOrdinal;
    return (this.sequences[a] ?? 0) < (this.sequences[b] ?? 0);
  }
}

/** Room at the start; it doubles when it is full. */
const FIRST_SLOTS = 1024;
const NO_SLOT = -1;
/** An id is a sequence number times this plus a slot. */
const MOST_SLOTS = 2 ** 22;

/**
 * The same number, kept as a small integer where it is one: what comes out of a column of floating-point numbers would otherwise be
 * stored in a box of its own by everyone who notes the time.
 */
function asInteger(value: number): number {
  return value < 2 ** 31 ? value | 0 : value;
}

function withRoom<Column extends Float64Array | Int32Array | Uint8Array>(room: Column, column: Column): Column {
  room.set(column);
  return room;
}
