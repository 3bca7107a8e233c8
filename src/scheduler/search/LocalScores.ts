import { hasBit, lowestBit, wordsFor } from './bits.ts';

/**
 * The score of every node by position, and which nodes have the highest in each block of 32, so that a search passes over the blocks that
 * cannot win, and over most nodes of the others. Only nodes without any taint count for that: tainted or cordoned ones are often empty, which
 * makes them look good to no avail.
 */
export class LocalScores {
  /** By position; 0 for nodes without the room. */
  readonly of: Uint8Array;
  /** By block, over its untainted nodes; 0 where there are none, {@link UNKNOWN} where it is to be found out by `highestIn`. */
  readonly highest: Uint8Array;
  /** By block, those that have the highest; good after `highestIn`. */
  readonly best: Int32Array;
  /** The nodes that count for the highest. */
  readonly untainted: Int32Array;

  /** `untainted` says which nodes count for the highest, as things are now. Whoever begins or ceases to has to be put again. */
  constructor(nodes: number, untainted: Int32Array) {
    this.of = new Uint8Array(nodes);
    this.highest = new Uint8Array(wordsFor(nodes));
    this.best = new Int32Array(wordsFor(nodes));
    this.untainted = untainted;
  }

  /** Gives the node at `position` a score, at most {@link MOST_LOCAL}. */
  put(position: number, score: number): void {
    const block = position >> 5;
    const highest = this.highest[block] ?? 0;
    this.of[position] = score;
    if (highest === UNKNOWN) return;
    const bit = 1 << (position & 31);
    const best = this.best[block] ?? 0;
    if (score >= highest && hasBit(this.untainted, position)) {
      this.highest[block] = score;
      this.best[block] = score > highest ? bit : best | bit;
    } else if ((best & bit) !== 0) {
      this.best[block] = best & ~bit;
      if (best === bit) this.highest[block] = UNKNOWN;
    }
  }

  /** The highest score of the untainted nodes in `block`, 0 when there are none. */
  highestIn(block: number): number {
    const known = this.highest[block] ?? 0;
    return known === UNKNOWN ? this.findHighest(block) : known;
  }

  private findHighest(block: number): number {
    let highest = 0;
    let best = 0;
    for (let bits = this.untainted[block] ?? 0; bits !== 0; bits &= bits - 1) {
      const position = (block << 5) + lowestBit(bits);
      const score = this.of[position] ?? 0;
      if (score < highest) continue;
      best = (score > highest ? 0 : best) | (1 << (position & 31));
      highest = score;
    }
    this.highest[block] = highest;
    this.best[block] = best;
    return highest;
  }
}

/** LeastAllocated and BalancedAllocation give 100 each at most. */
export const MOST_LOCAL = 200;
/** No score. */
export const UNKNOWN = 255;
