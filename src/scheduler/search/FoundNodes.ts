import { lowestBit, wordsFor } from './bits.ts';

/** The feasible nodes of one decision. One is used again and again: what it holds is good for one decision only. */
export class FoundNodes {
  /** How many nodes were found. */
  count = 0;
  /** How many nodes there are in all, and at which position the scan began. */
  readonly nodes: number;
  start = 0;
  /** A bit for each position; a search takes out nodes that it looks at by themselves. */
  readonly members: Int32Array;
  /** The blocks with any of them, each once, in the order visited: in a sample of many nodes those are few. */
  readonly list: Int32Array;
  blocks = 0;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.members = new Int32Array(wordsFor(nodes));
    this.list = new Int32Array(wordsFor(nodes));
  }

  /** Begins anew with a scan from the position `start`. */
  clear(start: number): void {
    const { members, list, blocks } = this;
    for (let i = 0; i < blocks; i += 1) members[list[i] ?? 0] = 0;
    this.start = start;
    this.blocks = 0;
    this.count = 0;
  }

  /** Adds the nodes of `bits` in `block`, which are `count` and of which none was there. */
  add(block: number, bits: number, count: number): void {
    const known = this.members[block] ?? 0;
    if (known === 0) {
      this.list[this.blocks] = block;
      this.blocks += 1;
    }
    this.members[block] = known | bits;
    this.count += count;
  }

  /** Whether some node is in `others`. */
  hasAnyOf(others: Int32Array): boolean {
    const { members, list, blocks } = this;
    for (let i = 0; i < blocks; i += 1) {
      const block = list[i] ?? 0;
      if (((members[block] ?? 0) & (others[block] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** The position of some node; there must be one. */
  get any(): number {
    const block = this.list[0] ?? 0;
    return (block << 5) + lowestBit(this.members[block] ?? 1);
  }
}
