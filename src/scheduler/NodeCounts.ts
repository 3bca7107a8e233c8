import type { NodeInfo } from './NodeInfo.ts';

/**
 * How many pods there are on each node, for few nodes out of many: pairs of a node's slot and a number, ordered by slot, in one array.
 * Nodes without any are absent.
 */
export class NodeCounts {
  /** How many nodes have any. */
  size = 0;
  /** How often `add` was called. */
  version = 0;
  private pairs = new Int32Array(8);
  /** The latest changes, in a ring; recorded once somebody asks for them. */
  private recent: Int32Array | undefined;
  private recordedFrom = 0;

  /** The pods of `node`; undefined when there are none. */
  get({ slot }: NodeInfo): number | undefined {
    const index = this.search(slot);
    return index < this.size && this.pairs[2 * index] === slot ? this.pairs[2 * index + 1] : undefined;
  }

  /** The slot of the node at `index`, which is below `size`. */
  slotAt(index: number): number {
    return this.pairs[2 * index] ?? 0;
  }

  /** The pods of the node at `index`, which is below `size`. */
  podsAt(index: number): number {
    return this.pairs[2 * index + 1] ?? 0;
  }

  /** Whether a reader who knows the numbers of `version` can go on by `changedSlot` and `changeAt` from there. */
  remembers(version: number): boolean {
    if (!this.recent) {
      this.recent = new Int32Array(2 * MEMORY);
      this.recordedFrom = this.version;
    }
    return version >= this.recordedFrom && this.version - version <= MEMORY;
  }

  /** The slot that was changed on the way from `version` to the next one. */
  changedSlot(version: number): number {
    return this.recent?.[2 * (version % MEMORY)] ?? 0;
  }

  /** By how many pods it was changed. */
  changeAt(version: number): number {
    return this.recent?.[2 * (version % MEMORY) + 1] ?? 0;
  }

  /** Counts `change` pods more on the node with `slot`. */
  add(slot: number, change: number): void {
    if (this.recent) {
      this.recent[2 * (this.version % MEMORY)] = slot;
      this.recent[2 * (this.version % MEMORY) + 1] = change;
    }
    this.version += 1;
    const index = this.search(slot);
    const isKnown = index < this.size && this.pairs[2 * index] === slot;
    const pods = (isKnown ? (this.pairs[2 * index + 1] ?? 0) : 0) + change;
    if (isKnown && pods === 0) this.close(index);
    else if (isKnown) this.pairs[2 * index + 1] = pods;
    else if (pods !== 0) this.open(index, slot, pods);
  }

  /** The first index whose slot is not below `slot`. */
  private search(slot: number): number {
    const { pairs } = this;
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[2 * middle] ?? 0) < slot) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private open(index: number, slot: number, pods: number): void {
    if (2 * this.size === this.pairs.length) {
      const larger = new Int32Array(2 * this.pairs.length);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs.copyWithin(2 * index + 2, 2 * index, 2 * this.size);
    this.pairs[2 * index] = slot;
    this.pairs[2 * index + 1] = pods;
    this.size += 1;
  }

  private close(index: number): void {
    this.pairs.copyWithin(2 * index, 2 * index + 2, 2 * this.size);
    this.size -= 1;
  }
}

/** How many changes are remembered: more than a kind of pod usually sees between two decisions. */
const MEMORY = 16;
