import { SlotNumbers } from '../cluster/SlotNumbers.ts';
import type { NodeInfo } from './NodeInfo.ts';
import { PairPool } from './PairPool.ts';

/**
 * How many pods there are on each node, for few nodes out of many: pairs of a node's slot and a number, in any order. Nodes without any
 * are absent.
 */
export class NodeCounts {
  /** How many nodes have any. */
  size = 0;
  /** No node ever had more. */
  most = 0;
  /** How often `add` or `fill` was called. */
  version = 0;
  private readonly pool: PairPool;
  /** The block of pairs in the pool: where it begins, and how many it has room for. */
  private start = 0;
  private room = 0;
  /** By slot: which one in order its pair is, counted from 1; undefined as long as they are few, see {@link FEW}. */
  private places: SlotNumbers | undefined = undefined;
  /** Where in the pool the latest changes are, a ring of pairs; below 0 until somebody asks for them. */
  private recent = -1;
  private recordedFrom = 0;

  /** Counts that are often looked at together share a `pool`. */
  constructor(pool: PairPool = new PairPool()) {
    this.pool = pool;
  }

  /** The pods of `node`; undefined when there are none. */
  get({ slot }: NodeInfo): number | undefined {
    const pods = this.at(slot);
    return pods === 0 ? undefined : pods;
  }

  /** The pods of the node with `slot`. */
  at(slot: number): number {
    const place = this.placeOf(slot);
    return place < this.start + 2 * this.size ? (this.pool.numbers[place + 1] ?? 0) : 0;
  }

  /** The slot of the node at `index`, which is below `size`. */
  slotAt(index: number): number {
    return this.pool.numbers[this.start + 2 * index] ?? 0;
  }

  /** The pods of the node at `index`, which is below `size`. */
  podsAt(index: number): number {
    return this.pool.numbers[this.start + 2 * index + 1] ?? 0;
  }

  /** Where a reader of all pairs finds them, which are `size`: each is a slot and after it the pods. Good until the next change of any counts. */
  get numbers(): Int32Array {
    return this.pool.numbers;
  }

  /** Where in `numbers` the first pair is; the others follow. */
  get first(): number {
    return this.start;
  }

  /** Whether a reader who knows the numbers of `version` can go on by `changedSlot` and `changeAt` from there. */
  remembers(version: number): boolean {
    if (this.recent < 0) {
      this.recent = this.pool.take(MEMORY);
      this.recordedFrom = this.version;
    }
    return version >= this.recordedFrom && this.version - version <= MEMORY;
  }

  /** The slot that was changed on the way from `version` to the next one. */
  changedSlot(version: number): number {
    return this.pool.numbers[this.recent + 2 * (version % MEMORY)] ?? 0;
  }

  /** By how many pods it was changed. */
  changeAt(version: number): number {
    return this.pool.numbers[this.recent + 2 * (version % MEMORY) + 1] ?? 0;
  }

  /** Counts `change` pods more, not 0, on the node with `slot`. */
  add(slot: number, change: number): void {
    const { numbers } = this.pool;
    if (this.recent >= 0) this.write(this.recent + 2 * (this.version % MEMORY), slot, change);
    this.version += 1;
    const place = this.placeOf(slot);
    const end = this.start + 2 * this.size;
    const pods = (place < end ? (numbers[place + 1] ?? 0) : 0) + change;
    if (pods > this.most) this.most = pods;
    if (pods === 0) this.takeOut(slot, place);
    else if (place < end) numbers[place + 1] = pods;
    else this.putLast(slot, pods);
  }

  /** Counts a pod on the node with each of `slots`, which may be the same ones several times. Nothing was counted before. */
  fill(slots: readonly number[]): void {
    const sorted = new Int32Array(slots).sort();
    this.version += 1;
    for (let i = 0; i < sorted.length; ) {
      const slot = sorted[i] ?? 0;
      const first = i;
      while (sorted[i] === slot) i += 1;
      this.most = Math.max(this.most, i - first);
      this.putLast(slot, i - first);
    }
  }

  /**
   * Where in the pool the pair of the node with `slot` is; the end of the pairs when there is none. As long as they are few, looking at one
   * after the other is fastest.
   */
  private placeOf(slot: number): number {
    const { places, start, size } = this;
    if (places === undefined) return this.search(slot);
    const number = places.of(slot);
    return start + 2 * (number === 0 ? size : number - 1);
  }

  private search(slot: number): number {
    const { numbers } = this.pool;
    const end = this.start + 2 * this.size;
    let place = this.start;
    while (place < end && numbers[place] !== slot) place += 2;
    return place;
  }

  private putLast(slot: number, pods: number): void {
    if (this.size === this.room) this.grow();
    this.write(this.start + 2 * this.size, slot, pods);
    this.size += 1;
    this.places?.set(slot, this.size);
  }

  /** Puts the last pair in the place of that of `slot`, which is at `place`. */
  private takeOut(slot: number, place: number): void {
    const { numbers } = this.pool;
    const last = this.start + 2 * this.size - 2;
    const moved = numbers[last] ?? 0;
    this.places?.set(moved, (place - this.start) / 2 + 1);
    this.places?.set(slot, 0);
    this.write(place, moved, numbers[last + 1] ?? 0);
    this.size -= 1;
  }

  private write(place: number, slot: number, pods: number): void {
    const { numbers } = this.pool;
    numbers[place] = slot;
    numbers[place + 1] = pods;
  }

  private grow(): void {
    const { pool, start, room } = this;
    this.room = Math.max(4, 2 * room);
    this.start = pool.take(this.room);
    pool.numbers.copyWithin(this.start, start, start + 2 * room);
    if (room > 0) pool.give(start, room);
    if (this.places === undefined && !this.isSparse()) this.places = this.numbered();
  }

  /** Whether the pairs are few, be it by themselves or for the slots that they have. */
  private isSparse(): boolean {
    let end = FEW * FEW;
    for (let i = 0; i < this.size; i += 1) end = Math.max(end, this.slotAt(i));
    return FEW * this.size < end;
  }

  private numbered(): SlotNumbers {
    const places = new SlotNumbers();
    for (let i = 0; i < this.size; i += 1) places.set(this.slotAt(i), i + 1);
    return places;
  }
}

/** So many pairs are looked at one after the other, and one pair for so many slots: a column by slot would be too large for fewer. */
const FEW = 16;

/** How many changes are remembered: more than a kind of pod usually sees between two decisions. */
const MEMORY = 16;
