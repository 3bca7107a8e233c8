import { countBits, hasBit, lowestBit, wordsFor } from './bits.ts';

/** The feasible nodes of one decision. One is used again and again: what it holds is good for one decision only. */
export class FoundNodes {
  /** How many nodes were found. */
  count = 0;
  /** How many nodes there are in all, and at which position the scan began. */
  readonly nodes: number;
  start = 0;
  /** A bit for each position. */
  readonly members: Int32Array;
  /** All of them are in so many blocks from `first` on, going round: in a sample of many nodes those are few. */
  first = 0;
  blocks = 0;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.members = new Int32Array(wordsFor(nodes));
  }

  /** Begins anew with a scan from the position `start`. */
  clear(start: number): void {
    this.start = start;
    this.members.fill(0);
    this.first = start >> 5;
    this.blocks = 0;
    this.count = 0;
  }

  /** Adds the nodes of `bits` in `block`, of which none was there. */
  add(block: number, bits: number): void {
    this.members[block] = (this.members[block] ?? 0) | bits;
    this.count += countBits(bits);
    const blocks = 1 + (block < this.first ? block + this.members.length : block) - this.first;
    if (blocks > this.blocks) this.blocks = blocks;
  }

  has(position: number): boolean {
    return hasBit(this.members, position);
  }

  /** Whether some node is in `others` and not in `except`. */
  hasAnyOf(others: Int32Array, except: Int32Array): boolean {
    const { members } = this;
    let block = this.first;
    for (let left = this.blocks; left > 0; left -= 1) {
      if (((members[block] ?? 0) & (others[block] ?? 0) & ~(except[block] ?? 0)) !== 0) return true;
      block = this.after(block);
    }
    return false;
  }

  /** The block that comes after another one. */
  after(block: number): number {
    return block + 1 < this.members.length ? block + 1 : 0;
  }

  /** The position of some node; there must be one. */
  get any(): number {
    const block = this.members.findIndex((bits) => bits !== 0);
    return (block << 5) + lowestBit(this.members[block] ?? 1);
  }
}
