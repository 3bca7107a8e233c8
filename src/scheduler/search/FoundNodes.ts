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
  /** All of them are in the blocks from `first` up to, but without, `end`: in a sample of many nodes those are few. */
  first = 0;
  end = 0;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.members = new Int32Array(wordsFor(nodes));
  }

  /** Begins anew with a scan from the position `start`. */
  clear(start: number): void {
    this.start = start;
    this.members.fill(0, this.first, this.end);
    this.first = this.members.length;
    this.end = 0;
    this.count = 0;
  }

  /** Adds the nodes of `bits` in `block`, of which none was there. */
  add(block: number, bits: number): void {
    this.members[block] = (this.members[block] ?? 0) | bits;
    this.count += countBits(bits);
    if (block < this.first) this.first = block;
    if (block >= this.end) this.end = block + 1;
  }

  has(position: number): boolean {
    return hasBit(this.members, position);
  }

  /** Whether some node is in `others` and not in `except`. */
  hasAnyOf(others: Int32Array, except: Int32Array): boolean {
    const { members, first, end } = this;
    for (let block = first; block < end; block += 1)
      if (((members[block] ?? 0) & (others[block] ?? 0) & ~(except[block] ?? 0)) !== 0) return true;
    return false;
  }

  /** The position of some node; there must be one. */
  get any(): number {
    const block = this.members.findIndex((bits) => bits !== 0);
    return (block << 5) + lowestBit(this.members[block] ?? 1);
  }
}
