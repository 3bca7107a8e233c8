/** No slot at all. */
export const NO_SLOT = -1;

/**
 * Ids of pending events, each of which has a slot. Ids count up and are never reused, so of two events the one that was scheduled first has
 * the smaller id.
 *
 * A ring with at least twice as many places as there are pending events leads from an id to its slot. A number whose place still belongs to
 * a pending event is skipped, which happens to less than half of them in each round. So the ids of the first thousand million events are
 * small integers, which are stored without boxing; later ids work as well, only slower.
 */
export class EventIds {
  /** By slot, that of the last event that stood there. */
  private ids = new Float64Array(FIRST_ROOM);
  /** Slots by place, which is the remainder of an id by the length, a power of two; below 0 for none. */
  private ring = emptyRing(2 * FIRST_ROOM);
  private next: number;

  constructor(first = 0) {
    this.next = first;
  }

  /** A new id for the event that stands in `slot` now. */
  issue(slot: number): number {
    while (slot >= this.ids.length) this.enlarge();
    const { ring } = this;
    const mask = ring.length - 1;
    let id = this.next;
    while ((ring[id & mask] ?? NO_SLOT) >= 0) id += 1;
    this.next = id + 1;
    this.ids[slot] = id;
    ring[id & mask] = slot;
    return id;
  }

  /** The slot of the event that has `id`; below 0 when that is over, and for a number that is no id. */
  slotOf(id: number): number {
    const slot = this.ring[id & (this.ring.length - 1)] ?? NO_SLOT;
    return slot >= 0 && this.ids[slot] === id ? slot : NO_SLOT;
  }

  /** Takes note that the event in `slot` is over. */
  withdraw(slot: number): void {
    this.ring[(this.ids[slot] ?? 0) & (this.ring.length - 1)] = NO_SLOT;
  }

  /** Whether the event that stands in slot `a`, pending or over, got its id before the one in slot `b`. */
  isOlder(a: number, b: number): boolean {
    return (this.ids[a] ?? 0) < (this.ids[b] ?? 0);
  }

  /** Makes room for twice as many slots. Ids that differ in their places in the old ring do so in the new one. */
  private enlarge(): void {
    const { ids, ring } = this;
    this.ids = new Float64Array(2 * ids.length);
    this.ids.set(ids);
    this.ring = emptyRing(2 * ring.length);
    const mask = this.ring.length - 1;
    for (const slot of ring) if (slot >= 0) this.ring[(ids[slot] ?? 0) & mask] = slot;
  }
}

/** Room for slots at the start; it doubles when it is full. */
const FIRST_ROOM = 1024;

function emptyRing(places: number): Int32Array {
  return new Int32Array(places).fill(NO_SLOT);
}
