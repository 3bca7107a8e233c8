import type { NodeInfo } from './NodeInfo.ts';
import { PairPool } from './PairPool.ts';

/**
 * How many pods there are on each node, for counts that concern few of many nodes: pairs of a node's slot and a number, in any order. Nodes
 * without pods are absent.
 *
 * A hash table finds the pair of a node: a search goes on from place to place up to a free one, and at least half of the places are free.
 * There are so many owners that a column by slot would be too large for each, and the largest ones have too many pairs to scan.
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
  /** Where in the pool the hash table begins. In each of its places is the number of a pair, counted from 1, or 0. */
  private table = 0;
  /** 32 less the binary logarithm of its places, which are two for each pair that there is room for. */
  private shift = 0;
  /** Where in the pool the latest changes are, a ring of pairs; below 0 until they are asked for. */
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
    if (this.size === 0) return 0;
    const { numbers } = this.pool;
    const number = numbers[this.find(slot)] ?? 0;
    return number === 0 ? 0 : (numbers[this.start + 2 * number - 1] ?? 0);
  }

  /** The slot of the node at `index`, which is below `size`. */
  slotAt(index: number): number {
    return this.pool.numbers[this.start + 2 * index] ?? 0;
  }

  /** The pods of the node at `index`, which is below `size`. */
  podsAt(index: number): number {
    return this.pool.numbers[this.start + 2 * index + 1] ?? 0;
  }

  /**
   * Where a reader of all pairs finds them. There are `size` pairs, each a slot followed by the number of pods. Valid until any counts
   * change.
   */
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
    if (this.recent >= 0) this.remember(slot, change);
    this.version += 1;
    if (this.size === this.room) this.grow();
    const { numbers } = this.pool;
    const at = this.find(slot);
    const known = numbers[at] ?? 0;
    const place = this.start + 2 * (known === 0 ? this.size : known - 1);
    const pods = known === 0 ? change : (numbers[place + 1] ?? 0) + change;
    if (pods > this.most) this.most = pods;
    if (pods === 0) this.takeOut(at, place);
    else numbers[place + 1] = pods;
    if (known !== 0) return;
    numbers[place] = slot;
    this.size += 1;
    numbers[at] = this.size;
  }

  /** Counts one pod for each of `slots`, in which a node may occur several times. Nothing must have been counted before. */
  fill(slots: readonly number[]): void {
    const sorted = new Int32Array(slots).sort();
    this.version += 1;
    this.takeRoom(sorted.length);
    const { numbers } = this.pool;
    let end = this.start;
    for (let i = 0; i < sorted.length; end += 2) {
      const slot = sorted[i] ?? 0;
      const first = i;
      while (sorted[i] === slot) i += 1;
      numbers[end] = slot;
      numbers[end + 1] = i - first;
      this.most = Math.max(this.most, i - first);
    }
    this.size = (end - this.start) >> 1;
    this.fillTable();
  }

  /** The place in the pool of the number that belongs to `slot`, or the free place for it. There must be a table. */
  private find(slot: number): number {
    const { numbers } = this.pool;
    const { start, table, shift } = this;
    const mask = -1 >>> shift;
    let at = home(slot, shift);
    for (;;) {
      const number = numbers[table + at] ?? 0;
      if (number === 0 || numbers[start + 2 * number - 2] === slot) return table + at;
      at = (at + 1) & mask;
    }
  }

  /** Puts the last pair in the place of that at `place`, whose number is at `at`. */
  private takeOut(at: number, place: number): void {
    const { numbers } = this.pool;
    const last = this.start + 2 * this.size - 2;
    const moved = numbers[last] ?? 0;
    numbers[this.find(moved)] = numbers[at] ?? 0;
    numbers[place] = moved;
    numbers[place + 1] = numbers[last + 1] ?? 0;
    this.size -= 1;
    this.closeGap(at - this.table);
  }

  /** Frees a place in the table, and moves up those behind it that a search would no longer reach: as in PodTable, over pairs. */
  private closeGap(place: number): void {
    const { numbers } = this.pool;
    const { start, table, shift } = this;
    const mask = -1 >>> shift;
    let gap = place;
    for (let at = (gap + 1) & mask; numbers[table + at] !== 0; at = (at + 1) & mask) {
      const number = numbers[table + at] ?? 0;
      const first = home(numbers[start + 2 * number - 2] ?? 0, shift);
      if (distance(first, at, mask) < distance(gap, at, mask)) continue;
      numbers[table + gap] = number;
      gap = at;
    }
    numbers[table + gap] = 0;
  }

  private remember(slot: number, change: number): void {
    const { numbers } = this.pool;
    const place = this.recent + 2 * (this.version % MEMORY);
    numbers[place] = slot;
    numbers[place + 1] = change;
  }

  private grow(): void {
    const { pool, start, room, table } = this;
    this.takeRoom(2 * room);
    pool.numbers.copyWithin(this.start, start, start + 2 * room);
    this.fillTable();
    if (room === 0) return;
    pool.give(start, room);
    pool.give(table, room);
  }

  /** Finds room for `pairs` or more. */
  private takeRoom(pairs: number): void {
    this.room = 4;
    while (this.room < pairs) this.room *= 2;
    this.start = this.pool.take(this.room);
    this.table = this.pool.take(this.room);
    this.shift = Math.clz32(2 * this.room - 1);
  }

  private fillTable(): void {
    const { numbers } = this.pool;
    numbers.fill(0, this.table, this.table + 2 * this.room);
    for (let i = 0; i < this.size; i += 1) numbers[this.find(this.slotAt(i))] = i + 1;
  }
}

/** Where in the table the search for `slot` begins: neighbours are far from each other. */
function home(slot: number, shift: number): number {
  return Math.imul(slot, 0x9e3779b1) >>> shift;
}

/** How far a search goes from one place to another. */
function distance(from: number, to: number, mask: number): number {
  return (to - from) & mask;
}

/** How many changes are remembered: more than a kind of pod usually sees between two decisions. */
const MEMORY = 16;
