import { listBits } from './bits.ts';
import type { TiedNodes } from './TiedNodes.ts';

/**
 * The feasible nodes of one decision as a list, in the order visited, with room to work out the score of each. Reused: what it holds is
 * valid for one decision only.
 */
export class ScoredNodes {
  /** How many there are; the arrays hold older things behind. */
  count = 0;
  /**
   * By index: the node's position; its total score (scores are whole numbers); and its raw score by the current plugin, with 1 if it takes
   * part.
   */
  readonly positions: Int32Array;
  readonly totals: Int32Array;
  readonly raw: Float64Array;
  readonly isRanked: Uint8Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    this.totals = new Int32Array(nodes);
    this.raw = new Float64Array(nodes);
    this.isRanked = new Uint8Array(nodes);
  }

  /** Takes the nodes with a bit in `found`, in the order of a round that begins at `start`. */
  list(found: Int32Array, start: number): void {
    this.count = listBits(found, start, this.positions);
  }

  /** Puts the nodes with the highest total into `ties`, in the order visited. */
  findBest(ties: TiedNodes): void {
    const { count, totals, positions } = this;
    ties.clear();
    for (let i = 0; i < count; i += 1) {
      const total = totals[i] ?? 0;
      if (total >= ties.height) ties.reach(positions[i] ?? 0, total);
    }
  }
}
