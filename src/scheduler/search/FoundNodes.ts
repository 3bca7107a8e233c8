import { countBits, hasBit, lowestBit, wordsFor } from './bits.ts';

/**
 * The feasible nodes of one decision: blocks of 32 positions with a bit for each node that was found, in the order visited. Where a scan
 * begins in the middle of a block that block comes twice, its first part last.
 *
 * One is used again and again: what it holds is good for one decision only.
 */
export class FoundNodes {
  /** How many nodes were found, in how many blocks. */
  count = 0;
  blocks = 0;
  /** How many nodes there are in all, and at which position the scan began. */
  readonly nodes: number;
  start = 0;
  /** By index below `blocks`. */
  readonly blockAt: Int32Array;
  readonly bitsAt: Int32Array;
  /** The same nodes as one set of bits by position. */
  readonly members: Int32Array;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.blockAt = new Int32Array(wordsFor(nodes) + 1);
    this.bitsAt = new Int32Array(wordsFor(nodes) + 1);
    this.members = new Int32Array(wordsFor(nodes));
  }

  /** Begins anew with a scan from the position `start`. */
  clear(start: number): void {
    this.start = start;
    for (let i = 0; i < this.blocks; i += 1) this.members[this.blockAt[i] ?? 0] = 0;
    this.blocks = 0;
    this.count = 0;
  }

  /** Adds the nodes of `bits`, which is not 0, in `block`. */
  add(block: number, bits: number): void {
    this.blockAt[this.blocks] = block;
    this.bitsAt[this.blocks] = bits;
    this.blocks += 1;
    this.members[block] = (this.members[block] ?? 0) | bits;
    this.count += countBits(bits);
  }

  has(position: number): boolean {
    return hasBit(this.members, position);
  }

  /** Whether some node is in `others`, and not in `except` where that is given. */
  hasAnyOf(others: Int32Array, except?: Int32Array): boolean {
    for (let i = 0; i < this.blocks; i += 1) {
      const block = this.blockAt[i] ?? 0;
      if (((this.bitsAt[i] ?? 0) & (others[block] ?? 0) & ~(except?.[block] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** The position of the node that was found first. */
  get first(): number {
    return ((this.blockAt[0] ?? 0) << 5) + lowestBit(this.bitsAt[0] ?? 1);
  }
}
