import { lowestBit, wordsFor } from './bits.ts';
import type { LocalScores } from './LocalScores.ts';

/** The feasible nodes of one decision. One is used again and again: what it holds is good for one decision only. */
export class FoundNodes {
  /** How many nodes were found. */
  count = 0;
  /** How many nodes there are in all, and at which position the scan began. */
  readonly nodes: number;
  start = 0;
  /** A bit for each position; a search takes out nodes that it looks at by themselves. */
  readonly members: Int32Array;
  /** How many blocks may have any: those from the one with `start` on, going round. In a sample of many nodes they are few. */
  blocks = 0;
  /** The block with the highest local score of those with an untainted node that was found, and that score; below 0 without any. */
  topBlock = -1;
  top = -1;
  /** The blocks in which nodes were found that have taints or are cordoned, each once, and how many they are. */
  readonly tainted: Int32Array;
  taintedCount = 0;

  constructor(nodes: number) {
    this.nodes = nodes;
    this.members = new Int32Array(wordsFor(nodes));
    this.tainted = new Int32Array(wordsFor(nodes));
  }

  /** Begins anew with a scan from the position `start`, which may come to every block. */
  begin(start: number): void {
    const { members, blocks } = this;
    for (let i = 0, block = this.start >> 5; i < blocks; i += 1) {
      members[block] = 0;
      block = block + 1 < members.length ? block + 1 : 0;
    }
    this.start = start;
    this.blocks = members.length;
    this.count = 0;
    this.topBlock = -1;
    this.top = -1;
    this.taintedCount = 0;
  }

  /** Takes note that the scan went no further than to `block`. */
  endIn(block: number): void {
    const { length } = this.members;
    const steps = block - (this.start >> 5);
    // In the block with `start` it has gone all the way round, or not begun to: then there may be some in every block, to be on the safe side.
    this.blocks = steps === 0 ? length : 1 + (steps < 0 ? steps + length : steps);
  }

  /** Adds `nodes` of `block`, which are `count` and of which none was there. `scores` are those of all nodes. */
  add(block: number, nodes: number, count: number, { highest, untainted }: LocalScores): void {
    const known = this.members[block] ?? 0;
    const clean = untainted[block] ?? 0;
    this.members[block] = known | nodes;
    this.count += count;
    if ((nodes & ~clean) !== 0 && (known & ~clean) === 0) {
      this.tainted[this.taintedCount] = block;
      this.taintedCount += 1;
    }
    const height = highest[block] ?? 0;
    if (height <= this.top || (nodes & clean) === 0) return;
    this.top = height;
    this.topBlock = block;
  }

  /** The block at `index`, which is below `blocks`. */
  blockAt(index: number): number {
    const { length } = this.members;
    const block = (this.start >> 5) + index;
    return block < length ? block : block - length;
  }

  /** Whether some node is in `others`. */
  hasAnyOf(others: Int32Array): boolean {
    const { members, blocks } = this;
    for (let i = 0; i < blocks; i += 1) {
      const block = this.blockAt(i);
      if (((members[block] ?? 0) & (others[block] ?? 0)) !== 0) return true;
    }
    return false;
  }

  /** The position of some node; there must be one. */
  get any(): number {
    const block = this.members.findIndex((nodes) => nodes !== 0);
    return (block << 5) + lowestBit(this.members[block] ?? 1);
  }
}
