import { carriedOver } from './carriedOver.ts';

/** Slots of events that are due later, earliest first by time alone: a binary heap in two columns. */
export class TimeHeap {
  private times = new Float64Array(FIRST_ROOM);
  private slots = new Int32Array(FIRST_ROOM);
  private size = 0;

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** The time of the earliest one; means nothing when there is none. */
  get earliest(): number {
    return this.times[0] ?? 0;
  }

  add(slot: number, at: number): void {
    if (this.size === this.slots.length) this.enlarge();
    this.rise(slot, at, this.size++);
  }

  /** Takes the earliest one out; there must be one. */
  removeEarliest(): number {
    const { times, slots } = this;
    const earliest = slots[0] ?? 0;
    const size = --this.size;
    let place = 0;
    // The gap goes down to where nothing is below it, for the last one, which fills it, mostly belongs there.
    for (let below = 1; below < size; below = 2 * place + 1) {
      if (below + 1 < size && (times[below + 1] ?? 0) < (times[below] ?? 0)) below += 1;
      times[place] = times[below] ?? 0;
      slots[place] = slots[below] ?? 0;
      place = below;
    }
    this.rise(slots[size] ?? 0, times[size] ?? 0, place);
    return earliest;
  }

  /** Puts a slot at `place`, or above where it belongs. */
  private rise(slot: number, at: number, place: number): void {
    const { times, slots } = this;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const time = times[above] ?? 0;
      if (at >= time) break;
      times[place] = time;
      slots[place] = slots[above] ?? 0;
      place = above;
    }
    times[place] = at;
    slots[place] = slot;
  }

  private enlarge(): void {
    this.times = carriedOver(this.times, new Float64Array(2 * this.size));
    this.slots = carriedOver(this.slots, new Int32Array(2 * this.size));
  }
}

/** Room at the start; it doubles when it is full. */
const FIRST_ROOM = 256;
