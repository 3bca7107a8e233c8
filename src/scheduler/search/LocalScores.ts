import { wordsFor } from './bits.ts';

/**
 * The score of every node by position, and which nodes have the highest in each block of 32. So a search skips the blocks that cannot win,
 * and most nodes of the others. Only nodes without any taint count for the highest: tainted or cordoned ones are often empty, and would
 * make a block look good for nothing.
 */
export class LocalScores {
  /** By position, at most {@link MOST_LOCAL}; 0 for nodes without the room. Every change has to be reported to `rank`. */
  readonly of: Uint8Array;
  /** By block, over its untainted nodes; 0 where there are none. */
  readonly highest: Uint8Array;
  /** By group of blocks, none of which has a higher `highest`, and one has it. */
  private readonly highestOfGroup: Uint8Array;
  /** By block, those that have the highest. */
  readonly best: Int32Array;
  /** The nodes that count for the highest. */
  readonly untainted: Int32Array;

  /** `untainted` tells which nodes count for the highest score at present. A node that begins or ceases to count has to be ranked again. */
  constructor(nodes: number, untainted: Int32Array) {
    this.of = new Uint8Array(nodes);
    this.highest = new Uint8Array(wordsFor(nodes));
    this.highestOfGroup = new Uint8Array((this.highest.length >> GROUP_BITS) + 1);
    this.best = new Int32Array(wordsFor(nodes));
    this.untainted = untainted;
  }

  /** The first block in a range of blocks whose highest score is at least `least`; the end of the range if there is none. */
  nextReaching(least: number, from: number, to: number): number {
    const { highest, highestOfGroup } = this;
    for (let block = from; block < to; block += 1) {
      if ((highestOfGroup[block >> GROUP_BITS] ?? 0) < least) block |= LAST_OF_GROUP;
      else if ((highest[block] ?? 0) >= least) return block;
    }
    return to;
  }

  /**
   * Takes note that `changed` nodes of `block` have other scores, or began or ceased to count. `highest` is the highest score of those that
   * count, and `best` are the nodes that have it.
   */
  rank(block: number, changed: number, highest: number, best: number): void {
    const known = this.highest[block] ?? 0;
    const before = this.best[block] ?? 0;
    const others = before & ~changed;
    if (best !== 0 && highest >= known) {
      this.best[block] = highest > known ? best : others | best;
      if (highest > known) this.raise(block, highest);
    } else if (others === 0 && before !== 0) this.rankAll(block);
    else this.best[block] = others;
  }

  /** Ranks the nodes of `block` after the last of those with the highest score has lost it. */
  private rankAll(block: number): void {
    const { of } = this;
    const first = block << 5;
    const end = Math.min(first + 32, of.length);
    const untainted = this.untainted[block] ?? 0;
    let highest = 0;
    let best = 0;
    for (let position = first; position < end; position += 1) {
      const score = of[position] ?? 0;
      if (score < highest) continue;
      const bit = (1 << (position & 31)) & untainted;
      if (bit === 0) continue;
      best = (score > highest ? 0 : best) | bit;
      highest = score;
    }
    this.best[block] = best;
    this.lower(block, highest);
  }

  private raise(block: number, highest: number): void {
    const group = block >> GROUP_BITS;
    this.highest[block] = highest;
    if (highest > (this.highestOfGroup[group] ?? 0)) this.highestOfGroup[group] = highest;
  }

  private lower(block: number, lowered: number): void {
    const { highest, highestOfGroup } = this;
    const group = block >> GROUP_BITS;
    const known = highest[block] ?? 0;
    highest[block] = lowered;
    if (known !== highestOfGroup[group] || known === lowered) return;
    const first = group << GROUP_BITS;
    let left = 0;
    for (let other = first; other <= (first | LAST_OF_GROUP); other += 1) left = Math.max(left, highest[other] ?? 0);
    highestOfGroup[group] = left;
  }
}

/** Binary logarithm of the number of blocks in a group, and what the number of the last one ends with. */
const GROUP_BITS = 4;
const LAST_OF_GROUP = (1 << GROUP_BITS) - 1;

/** LeastAllocated and BalancedAllocation give 100 each at most. */
export const MOST_LOCAL = 200;
