import { lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';

/**
 * The feasible nodes of one decision as a list, in the order visited, with room to work out the score of each. One is used again and
 * again: what it holds is good for one decision only.
 */
export class ScoredNodes {
  /** How many there are; the arrays hold older things behind. */
  count = 0;
  /** By index: the node's position, its total score, and its raw score by the plugin that is at work, with whether it takes part (1). */
  readonly positions: Int32Array;
  readonly totals: Float64Array;
  readonly raw: Float64Array;
  readonly isRanked: Uint8Array;
  private readonly indices: Int32Array;

  constructor(nodes: number) {
    this.positions = new Int32Array(nodes);
    this.totals = new Float64Array(nodes);
    this.raw = new Float64Array(nodes);
    this.isRanked = new Uint8Array(nodes);
    this.indices = new Int32Array(nodes);
  }

  /** Takes the nodes of `found`. */
  list(found: FoundNodes): void {
    this.count = 0;
    for (let i = 0; i < found.blocks; i += 1) {
      const first = (found.blockAt[i] ?? 0) << 5;
      for (let bits = found.bitsAt[i] ?? 0; bits !== 0; bits &= bits - 1) this.add(first + lowestBit(bits));
    }
  }

  /** The index of the node at `position`, -1 when it was not found. Old entries betray themselves: they point to another position. */
  indexOf(position: number): number {
    const index = this.indices[position] ?? 0;
    return index < this.count && this.positions[index] === position ? index : -1;
  }

  /** The positions with the highest total, in the order visited. */
  best(): number[] {
    const { count, totals, positions } = this;
    let highest = Number.NEGATIVE_INFINITY;
    let best: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const total = totals[i] ?? 0;
      if (total < highest) continue;
      if (total > highest) best = [];
      highest = total;
      best.push(positions[i] ?? 0);
    }
    return best;
  }

  private add(position: number): void {
    this.positions[this.count] = position;
    this.indices[position] = this.count;
    this.count += 1;
  }
}
