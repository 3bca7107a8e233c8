import { wordsFor } from './bits.ts';

/**
 * The score of every node by position, and which nodes have the highest in each block of 32, so that a search passes over the blocks that
 * cannot win, and over most nodes of the others. Only nodes without any taint count for that: tainted or cordoned ones are often empty, which
 * makes them look good to no avail.
 */
export class LocalScores {
  /** By position, at most {@link MOST_LOCAL}; 0 for nodes without the room. Whoever writes one tells `rank`. */
  readonly of: Uint8Array;
  /** By block, over its untainted nodes; 0 where there are none. */
  readonly highest: Uint8Array;
  /** By block, those that have the highest. */
  readonly best: Int32Array;
  /** The nodes that count for the highest. */
  readonly untainted: Int32Array;

  /** `untainted` says which nodes count for the highest, as things are now. Whoever begins or ceases to has to be ranked again. */
  constructor(nodes: number, untainted: Int32Array) {
    this.of = new Uint8Array(nodes);
    this.highest = new Uint8Array(wordsFor(nodes));
    this.best = new Int32Array(wordsFor(nodes));
    this.untainted = untainted;
  }

  /**
   * Takes note that `changed` nodes of `block` have other scores, or began or ceased to count: among those that do `highest` is the highest,
   * and `best` have it.
   */
  rank(block: number, changed: number, highest: number, best: number): void {
    const known = this.highest[block] ?? 0;
    const before = this.best[block] ?? 0;
    const others = before & ~changed;
    if (best !== 0 && highest >= known) {
      this.highest[block] = highest;
      this.best[block] = highest > known ? best : others | best;
    } else if (others === 0 && before !== 0) this.rankAll(block);
    else this.best[block] = others;
  }

  /** Ranks the nodes of `block` when none is left of those that had the highest score. */
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
    this.highest[block] = highest;
    this.best[block] = best;
  }
}

/** LeastAllocated and BalancedAllocation give 100 each at most. */
export const MOST_LOCAL = 200;
