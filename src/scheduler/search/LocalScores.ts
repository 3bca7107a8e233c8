import { BlockRanking } from './BlockRanking.ts';
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
  /** The blocks by `highest`. */
  readonly ranking: BlockRanking;
  /** By block, those that have the highest. */
  readonly best: Int32Array;
  /** The nodes that count for the highest. */
  readonly untainted: Int32Array;

  /** `untainted` tells which nodes count for the highest score at present. A node that begins or ceases to count has to be ranked again. */
  constructor(nodes: number, untainted: Int32Array) {
    this.of = new Uint8Array(nodes);
    this.highest = new Uint8Array(wordsFor(nodes));
    this.ranking = new BlockRanking(this.highest.length, MOST_LOCAL);
    this.best = new Int32Array(wordsFor(nodes));
    this.untainted = untainted;
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
      this.setHighest(block, highest);
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
    this.setHighest(block, highest);
  }

  private setHighest(block: number, highest: number): void {
    const before = this.highest[block] ?? 0;
    if (highest === before) return;
    this.highest[block] = highest;
    this.ranking.move(block, before, highest);
  }
}

/** LeastAllocated and BalancedAllocation give 100 each at most. */
export const MOST_LOCAL = 200;
