import { carriedOver } from './carriedOver.ts';
import { type EventIds, NO_SLOT } from './EventIds.ts';

/**
 * Heaps of events by entity, ordinal, then id, each identified by its first event, the root: pairing heaps. An event has a slot, and the
 * slots of past events are reused.
 *
 * Every event comes before its children. Where each event is the only child of the one before it, removing the first leaves nothing to
 * compare: that is so for events that arrived in order or were sorted.
 * @see Fredman, Sedgewick, Sleator, Tarjan: The pairing heap (1986)
 */
export class TurnHeaps {
  private readonly entities: string[] = [];
  /**
   * Three numbers per slot, adjacent in memory: the ordinal, the first child, and the next sibling, next in a chain or next free slot. The
   * latter two are below 0 for none.
   */
  private rows = new Int32Array(FIRST_ROOM << SHIFT);
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
    this.free = this.rows[(slot << SHIFT) | NEXT] ?? NO_SLOT;
    this.entities[slot] = entity;
    this.rows[slot << SHIFT] = ordinal;
    this.rows[(slot << SHIFT) | CHILD] = NO_SLOT;
    this.rows[(slot << SHIFT) | NEXT] = NO_SLOT;
    return slot;
  }

  /** Gives a slot back that is in no heap and no chain. */
  release(slot: number): void {
    this.rows[(slot << SHIFT) | NEXT] = this.free;
    this.free = slot;
  }

  /** Lets `slot` follow `last` in a chain: events in no order of theirs. */
  link(last: number, slot: number): void {
    this.rows[(last << SHIFT) | NEXT] = slot;
  }

  /** Takes `slot` out of its chain, of which it is the first. @returns the next one, below 0 for none. */
  unlink(slot: number): number {
    const next = this.rows[(slot << SHIFT) | NEXT] ?? NO_SLOT;
    this.rows[(slot << SHIFT) | NEXT] = NO_SLOT;
    return next;
  }

  /** Whether `a` comes before `b`. */
  isEarlier(a: number, b: number): boolean {
    const entity = this.entities[a] ?? '';
    const other = this.entities[b] ?? '';
    if (entity < other) return true;
    if (entity !== other) return false;
    const ordinal = this.rows[a << SHIFT] ?? 0;
    const otherOrdinal = this.rows[b << SHIFT] ?? 0;
    return ordinal === otherOrdinal ? this.ids.isOlder(a, b) : ordinal < otherOrdinal;
  }

  /** Whether an event that is still to come would be before the one in `slot`. */
  wouldBeEarlier(entity: string, ordinal: number, slot: number): boolean {
    const other = this.entities[slot] ?? '';
    return entity === other ? ordinal < (this.rows[slot << SHIFT] ?? 0) : entity < other;
  }

  /**
   * Makes a heap of a chain, in which each event is the only child of the one before. Sorts by merging runs, at one comparison for each
   * event that is already in order.
   * @returns its root.
   */
  sort(first: number): number {
    const { runs } = this;
    if ((this.rows[(first << SHIFT) | NEXT] ?? NO_SLOT) < 0) return first;
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
    this.rows[(child << SHIFT) | NEXT] = this.rows[(parent << SHIFT) | CHILD] ?? NO_SLOT;
    this.rows[(parent << SHIFT) | CHILD] = child;
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
    const first = this.rows[(root << SHIFT) | CHILD] ?? NO_SLOT;
    return first < 0 || (this.rows[(first << SHIFT) | NEXT] ?? NO_SLOT) < 0 ? first : this.meldAll(this.meldPairs(first));
  }

  /** Melds the heaps of the chain that begins with `first` in pairs. @returns the first of a chain of the results, in reverse order. */
  private meldPairs(first: number): number {
    const { rows } = this;
    let heaps = NO_SLOT;
    for (let one = first; one >= 0; ) {
      const other = rows[(one << SHIFT) | NEXT] ?? NO_SLOT;
      const next = other < 0 ? NO_SLOT : (rows[(other << SHIFT) | NEXT] ?? NO_SLOT);
      const heap = other < 0 ? one : this.meld(one, other);
      rows[(heap << SHIFT) | NEXT] = heaps;
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

  /**
   * Makes a run of the events in order with which a chain begins, each the only child of the one before.
   * @returns the first event of the rest.
   */
  private cutRun(first: number): number {
    let last = first;
    let next = this.unlink(first);
    while (next >= 0 && this.isEarlier(last, next)) {
      this.rows[(last << SHIFT) | CHILD] = next;
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
    for (let next = this.rows[(last << SHIFT) | CHILD] ?? NO_SLOT; next >= 0; next = this.rows[(last << SHIFT) | CHILD] ?? NO_SLOT) {
      if (this.isEarlier(next, other)) last = next;
      else {
        this.rows[(last << SHIFT) | CHILD] = other;
        last = other;
        other = next;
      }
    }
    this.rows[(last << SHIFT) | CHILD] = other;
    return first;
  }

  private newSlot(): number {
    const slot = this.entities.length;
    if (slot << SHIFT === this.rows.length) this.rows = carriedOver(this.rows, new Int32Array(2 * this.rows.length));
    this.entities.push('');
    this.rows[(slot << SHIFT) | NEXT] = NO_SLOT;
    return slot;
  }
}

/** Room at the start; it doubles when it is full. */
const FIRST_ROOM = 1024;
/** A row begins at four times its slot; where in it the first child and the next one are. */
const SHIFT = 2;
const CHILD = 1;
const NEXT = 2;
