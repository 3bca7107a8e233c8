import { type Instant, START } from '../units.ts';
import { EventIds, NO_SLOT } from './EventIds.ts';
import type { EventKind } from './EventKind.ts';
import { Lane, NO_INSTANT } from './Lane.ts';
import { TimeHeap } from './TimeHeap.ts';
import { TurnHeaps } from './TurnHeaps.ts';

/** A pending event, by which it can be cancelled; valid until it fires or is cancelled. */
export type EventId = number & { readonly [id]: 'EventId' };
declare const id: unique symbol;

/** An id that no event ever has. */
export const NO_EVENT = -1 as EventId;

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
 * Pending events, earliest first: by time, phase, kind, entity, ordinal (0 unless given), then order of scheduling.
 *
 * Kind and entity come before the order of scheduling so that a change of implementation cannot change a result.
 *
 * Most events are scheduled for the current instant. All of one phase and name form a chain, which is sorted when its turn comes: in one
 * go, while the names to compare are in the cache, and without anything that it cannot compete with. Events that join it later go to a
 * heap. Among later events, all of one instant, phase and name also form a chain, represented by its first event; these chains are ordered
 * by time alone.
 */
export class EventQueue {
  private instant = START;
  /** The first lane that has events of this instant; others are linked to it by rank. */
  private first: Lane | undefined = undefined;
  private readonly later = new TimeHeap();
  private readonly ids = new EventIds();
  private readonly turns = new TurnHeaps(this.ids);
  /** By slot; undefined when its event is over, or called off and still in its place. */
  private readonly kinds: (EventKind<unknown> | undefined)[] = [];
  private readonly subjects: unknown[] = [];
  private readonly lanes: Lane[] = [];
  private foreground = 0;

  /** The instant of the event that was fired last, or that is to be fired next once `advance` has come to it. */
  get now(): Instant {
    return this.instant;
  }

  /** Whether anything but background events is pending. */
  get hasForeground(): boolean {
    return this.foreground > 0;
  }

  /** Adds an event; `at` must not be before `now`. */
  push<Subject>(kind: EventKind<Subject>, subject: Subject, entity: string, at: Instant): EventId {
    const slot = this.turns.take(entity, 0);
    this.subjects[slot] = subject;
    return this.insert(kind, slot, at);
  }

  /** As `push`, for a subject that may have several events of a kind and one entity in an instant. */
  pushTurn<Subject extends Turn>(kind: EventKind<Subject>, subject: Subject, at: Instant): EventId {
    const slot = this.turns.take(subject.entity, subject.ordinal);
    this.subjects[slot] = subject;
    return this.insert(kind, slot, at);
  }

  /** Whether an event of `kind` that is pushed now for `turn`, in this instant, would be the first of all. */
  wouldBeFirst<Subject>(kind: EventKind<Subject>, turn: Turn): boolean {
    const first = this.firstLane();
    if (!first) return true;
    const lane = kind.lane ?? this.laneFor(kind);
    return lane === first ? this.turns.wouldBeEarlier(turn.entity, turn.ordinal, first.root) : lane.rank < first.rank;
  }

  /**
   * Advances to the instant of the earliest pending event, if it is at most `until`, which must not be before `now`.
   * @returns false when there is none.
   */
  advance(until: Instant): boolean {
    return (this.firstLane() ?? this.nextInstant(until)) !== undefined;
  }

  /** Takes out the earliest pending event, to which `advance` has come, and lets it happen. */
  fire(): void {
    const lane = this.first;
    if (!lane) return;
    const slot = lane.root;
    const kind = this.kinds[slot];
    if (!kind) return;
    const subject = this.subjects[slot];
    this.end(slot, kind);
    this.removeFirst(lane);
    kind.fire(subject);
  }

  /** Calls an event off; does nothing once it has fired. */
  cancel(event: EventId): void {
    const slot = this.ids.slotOf(event);
    const kind = slot < 0 ? undefined : this.kinds[slot];
    if (kind) this.end(slot, kind);
  }

  /** Puts the event in `slot` where it belongs. */
  private insert<Subject>(kind: EventKind<Subject>, slot: number, at: Instant): EventId {
    const id = this.ids.issue(slot) as EventId;
    const lane = kind.lane ?? this.laneFor(kind);
    this.kinds[slot] = kind;
    if (!kind.isBackground) this.foreground += 1;
    if (at === this.instant) this.addNow(lane, slot);
    else this.addLater(lane, slot, at);
    return id;
  }

  /** The lane of a new kind. Ranks all lanes again, which keeps the order of the known ones. */
  private laneFor<Subject>(kind: EventKind<Subject>): Lane {
    const { phase, name } = kind;
    const known = this.lanes.find((lane) => lane.phase === phase && lane.name === name);
    const lane = known ?? new Lane(phase, name);
    kind.lane = lane;
    if (known) return known;
    this.lanes.push(lane);
    this.lanes.sort((a, b) => a.phase - b.phase || (a.name < b.name ? -1 : 1));
    for (const [rank, one] of this.lanes.entries()) one.rank = rank;
    return lane;
  }

  private addNow(lane: Lane, slot: number): void {
    const { root, last } = lane;
    lane.last = slot;
    if (root < 0) {
      lane.root = slot;
      this.lineUp(lane);
    } else if (!lane.isInOrder) this.turns.link(last, slot);
    else if (last >= 0 && this.turns.isEarlier(last, slot)) this.turns.adopt(last, slot);
    else lane.root = this.turns.meld(root, slot);
  }

  /** Puts a lane among those that have events of this instant. */
  private lineUp(lane: Lane): void {
    let before: Lane | undefined;
    let next = this.first;
    while (next && next.rank < lane.rank) {
      before = next;
      next = next.next;
    }
    lane.next = next;
    lane.isInOrder = false;
    if (before) before.next = lane;
    else this.first = lane;
  }

  private addLater(lane: Lane, slot: number, at: Instant): void {
    if (at === lane.laterAt) this.turns.link(lane.laterLast, slot);
    else this.later.add(slot, at);
    lane.laterAt = at;
    lane.laterLast = slot;
  }

  /** The lane of the first pending event of this instant, which is put in order; undefined when none is left. */
  private firstLane(): Lane | undefined {
    let lane = this.first;
    while (lane && !this.kinds[this.firstIn(lane)]) {
      this.removeFirst(lane);
      lane = this.first;
    }
    return lane;
  }

  /** The first event in a lane whose turn has come. */
  private firstIn(lane: Lane): number {
    if (!lane.isInOrder) {
      lane.root = this.turns.sort(lane.root);
      lane.isInOrder = true;
    }
    return lane.root;
  }

  /** Takes the first event out of the first lane. */
  private removeFirst(lane: Lane): void {
    const slot = lane.root;
    const root = this.turns.withoutRoot(slot);
    lane.root = root;
    if (lane.last === slot) lane.last = NO_SLOT;
    if (root < 0) this.first = lane.next;
    this.turns.release(slot);
  }

  /**
   * Advances to the next instant that has a pending event.
   * @returns the lane of the first one; undefined when none is pending up to `until`.
   */
  private nextInstant(until: Instant): Lane | undefined {
    const { later } = this;
    while (!later.isEmpty && later.earliest <= until) {
      const at = later.earliest;
      do this.takeOver(later.removeEarliest());
      while (!later.isEmpty && later.earliest === at);
      const lane = this.firstLane();
      if (lane) {
        this.instant = asInteger(at) as Instant;
        return lane;
      }
      for (const lane of this.lanes) lane.laterAt = NO_INSTANT;
    }
    return undefined;
  }

  /** Moves the events of a chain into their lane, without those that were cancelled. */
  private takeOver(chain: number): void {
    for (let slot = chain; slot >= 0; ) {
      const next = this.turns.unlink(slot);
      const lane = this.kinds[slot]?.lane;
      if (lane) this.addNow(lane, slot);
      else this.turns.release(slot);
      slot = next;
    }
  }

  private end(slot: number, kind: EventKind<unknown>): void {
    if (!kind.isBackground) this.foreground -= 1;
    this.ids.withdraw(slot);
    this.kinds[slot] = undefined;
    this.subjects[slot] = undefined;
  }
}

/**
 * The same number, as a small integer if it is one. A value read from a floating-point column would otherwise be boxed by everyone who
 * stores the time.
 */
function asInteger(value: number): number {
  return value < 2 ** 31 ? value | 0 : value;
}
