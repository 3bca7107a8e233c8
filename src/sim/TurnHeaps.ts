import { type EventIds, NO_SLOT } from './EventIds.ts';

/**
 * Heaps of events by entity, ordinal, then id, each known by its first event, the root: pairing heaps. An event stands in a slot, and the
 * slots of events that are over are used again.
 *
 * Every event comes before its children. Where each is the only child of the one before, nothing is left to compare when that one is over:
 * so are those that came in order, and those that were sorted.
 * @see Fredman, Sedgewick, Sleator, Tarjan: The pairing heap (1986)
 */
export class TurnHeaps {
  private readonly entities: string[] = [];
  private ordinals = new Int32Array(FIRST_ROOM);
  /** The first child, below 0 for none. */
  private children = new Int32Array(FIRST_ROOM);
  /** The next one among children, in a chain or among free slots, below 0 for none. */
  private nexts = new Int32Array(FIRST_ROOM);
  private free = NO_SLOT;
  /** Runs that wait to be merged: at each place one of 2^place runs as they were found, if any. */
  private readonly runs = new Int32Array(32);
  private readonly ids: EventIds;

  constructor(ids: EventIds) {
    this.ids = ids;
  }

  /** A slot for an event, which is on its own until it is put into a heap or a chain. */
  take(entity: string, ordinal: number): number {
    const slot = this.free < 0 ? this.newSlot() : this.free;
    this.free = this.nexts[slot] ?? NO_SLOT;
    this.entities[slot] = entity;
    this.ordinals[slot] = ordinal;
    this.children[slot] = NO_SLOT;
    this.nexts[slot] = NO_SLOT;
    return slot;
  }

  /** Gives a slot back that is in no heap and no chain. */
  release(slot: number): void {
    this.nexts[slot] = this.free;
    this.free = slot;
  }

  /** Lets `slot` follow `last` in a chain: events in no order of theirs. */
  link(last: number, slot: number): void {
    this.nexts[last] = slot;
  }

  /** Takes `slot` out of its chain, of which it is the first. @returns the next one, below 0 for none. */
  unlink(slot: number): number {
    const next = this.nexts[slot] ?? NO_SLOT;
    this.nexts[slot] = NO_SLOT;
    return next;
  }

  /** Whether `a` comes before `b`. */
  isEarlier(a: number, b: number): boolean {
    const entity = this.entities[a] ?? '';
    const other = this.entities[b] ?? '';
    if (entity < other) return true;
    if (entity !== other) return false;
    const ordinal = this.ordinals[a] ?? 0;
    const otherOrdinal = this.ordinals[b] ?? 0;
    return ordinal === otherOrdinal ? this.ids.isOlder(a, b) : ordinal < otherOrdinal;
  }

  /** Whether an event that is still to come would be before the one in `slot`. */
  wouldBeEarlier(entity: string, ordinal: number, slot: number): boolean {
    const other = this.entities[slot] ?? '';
    return entity === other ? ordinal < (this.ordinals[slot] ?? 0) : entity < other;
  }

  /**
   * Makes a heap of a chain, in which each event is the only child of the one before: sorts it by merging runs, which costs one comparison
   * for each event that is in order already. @returns its root.
   */
  sort(first: number): number {
    const { runs } = this;
    if ((this.nexts[first] ?? NO_SLOT) < 0) return first;
    let found = 0;
    for (let rest = first; rest >= 0; found += 1) {
      let run = rest;
      rest = this.cutRun(run);
      let place = 0;
      for (; ((found >> place) & 1) === 1; place += 1) run = this.merge(runs[place] ?? NO_SLOT, run);
      runs[place] = run;
    }
    return this.mergeRuns(found);
  }

  /** Makes the root of a heap a child of an earlier event. */
  adopt(parent: number, child: number): void {
    this.nexts[child] = this.children[parent] ?? NO_SLOT;
    this.children[parent] = child;
  }

  /** Makes one heap of two. @returns its root. */
  meld(a: number, b: number): number {
    if (this.isEarlier(a, b)) {
      this.adopt(a, b);
      return a;
    }
    this.adopt(b, a);
    return b;
  }

  /** Makes a heap of all that is below `root`. @returns its root, below 0 for none. */
  withoutRoot(root: number): number {
    const first = this.children[root] ?? NO_SLOT;
    return first < 0 || (this.nexts[first] ?? NO_SLOT) < 0 ? first : this.meldAll(this.meldPairs(first));
  }

  /** Melds two and two of the chain that begins with `first`. @returns the first of a chain of the heaps, which has them backwards. */
  private meldPairs(first: number): number {
    const { nexts } = this;
    let heaps = NO_SLOT;
    for (let one = first; one >= 0; ) {
      const other = nexts[one] ?? NO_SLOT;
      const next = other < 0 ? NO_SLOT : (nexts[other] ?? NO_SLOT);
      const heap = other < 0 ? one : this.meld(one, other);
      nexts[heap] = heaps;
      heaps = heap;
      one = next;
    }
    return heaps;
  }

  private meldAll(first: number): number {
    let melded = first;
    for (let heap = this.unlink(first); heap >= 0; ) {
      const next = this.unlink(heap);
      melded = this.meld(melded, heap);
      heap = next;
    }
    return melded;
  }

  /** Makes a run of the events in order with which a chain begins: each the only child of the one before. @returns the first one of the rest. */
  private cutRun(first: number): number {
    let last = first;
    let next = this.unlink(first);
    while (next >= 0 && this.isEarlier(last, next)) {
      this.children[last] = next;
      last = next;
      next = this.unlink(next);
    }
    return next;
  }

  /** Merges what waits of so many runs that were found. */
  private mergeRuns(found: number): number {
    let merged = NO_SLOT;
    for (let place = 0; found >> place > 0; place += 1) {
      const run = this.runs[place] ?? NO_SLOT;
      if (((found >> place) & 1) === 1) merged = merged < 0 ? run : this.merge(run, merged);
    }
    return merged;
  }

  /** Makes one run of two. @returns its first event. */
  private merge(a: number, b: number): number {
    const isFirst = this.isEarlier(a, b);
    const first = isFirst ? a : b;
    let last = first;
    let other = isFirst ? b : a;
    for (let next = this.children[last] ?? NO_SLOT; next >= 0; next = this.children[last] ?? NO_SLOT) {
      if (this.isEarlier(next, other)) last = next;
      else {
        this.children[last] = other;
        last = other;
        other = next;
      }
    }
    this.children[last] = other;
    return first;
  }

  private newSlot(): number {
    const slot = this.entities.length;
    if (slot === this.nexts.length) this.enlarge(2 * slot);
    this.entities.push('');
    this.nexts[slot] = NO_SLOT;
    return slot;
  }

  private enlarge(room: number): void {
    this.ordinals = withRoom(new Int32Array(room), this.ordinals);
    this.children = withRoom(new Int32Array(room), this.children);
    this.nexts = withRoom(new Int32Array(room), this.nexts);
  }
}

/** Room at the start; it doubles when it is full. */
const FIRST_ROOM = 1024;

function withRoom<Column extends Int32Array>(room: Column, column: Column): Column {
  room.set(column);
  return room;
}
