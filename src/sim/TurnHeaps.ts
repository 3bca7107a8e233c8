import { type EventIds, NO_SLOT } from './EventIds.ts';

/**
 * Heaps of events by entity, ordinal, then id, each known by its first event, the root: pairing heaps. An event stands in a slot, and the
 * slots of events that are over are used again.
 *
 * Every event comes before its children. Who comes in order becomes the only child of the one before, and then nothing is left to compare
 * when that one is over.
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
