import { lowestBit, wordsFor } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { highestOf, ProfileOffsets } from './ProfileOffsets.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { SpreadExceptions } from './SpreadExceptions.ts';

/**
 * Finds the nodes with the highest total block by block, leaving out blocks that cannot reach the best total so far. The most promising
 * block sets the mark first.
 */
export class BlockSearch {
  /** The highest total so far. */
  private height = 0;
  /** Positions that have it. */
  private best: number[] = [];
  /** No total of a found node that is no exception is higher, by index of its block. */
  private readonly bounds: Int32Array;
  private readonly found: FoundNodes;
  private readonly offsets = new ProfileOffsets();
  private readonly exceptions: SpreadExceptions;

  /** Searches what `found` holds at the time. */
  constructor(found: FoundNodes) {
    this.found = found;
    this.bounds = new Int32Array(wordsFor(found.nodes) + 1);
    this.exceptions = new SpreadExceptions(found.nodes);
  }

  /** The positions of the found nodes with the highest total, in the order visited. */
  run(plan: SearchPlan): readonly number[] {
    const { found, exceptions, bounds } = this;
    this.offsets.rate(plan, found, exceptions);
    this.height = Number.NEGATIVE_INFINITY;
    this.visit(plan, this.boundBlocks(plan));
    this.best = [];
    for (let i = 0; i < found.blocks; i += 1) if ((bounds[i] ?? 0) >= this.height) this.visit(plan, i);
    return exceptions.count === 0 ? this.best : this.withExceptions(plan);
  }

  /** @returns the index of the block with the highest bound. */
  private boundBlocks(plan: SearchPlan): number {
    const { offsets, bounds } = this;
    const { blocks, blockAt, bitsAt } = this.found;
    const top = offsets.topOf(plan);
    let index = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < blocks; i += 1) {
      const block = blockAt[i] ?? 0;
      const bits = bitsAt[i] ?? 0;
      const bound = plan.resources.bound(block, bits) + top + offsets.images.topIn(block, bits);
      bounds[i] = bound;
      if (bound <= most) continue;
      most = bound;
      index = i;
    }
    return index;
  }

  /** Takes in the block with this index, exceptions left aside. */
  private visit({ resources: { scores }, profiles: { numberOf } }: SearchPlan, index: number): void {
    const { plain, images } = this.offsets;
    const block = this.found.blockAt[index] ?? 0;
    const members = (this.found.bitsAt[index] ?? 0) & ~(this.exceptions.members[block] ?? 0);
    const hasImages = images.topIn(block, members) > 0;
    let { height } = this;
    let reached = 0;
    for (let bits = members; bits !== 0; bits &= bits - 1) {
      const bit = lowestBit(bits);
      const position = (block << 5) + bit;
      const total = (scores[position] ?? 0) + (plain[numberOf[position] ?? 0] ?? 0) + (hasImages ? images.at(position) : 0);
      if (total > height) {
        height = total;
        reached = 1 << bit;
      } else if (total === height) reached |= 1 << bit;
    }
    if (reached !== 0) this.reach(height, block, reached);
  }

  private reach(height: number, block: number, bits: number): void {
    if (height > this.height) this.best = [];
    this.height = height;
    for (let rest = bits; rest !== 0; rest &= rest - 1) this.best.push((block << 5) + lowestBit(rest));
  }

  private withExceptions(plan: SearchPlan): readonly number[] {
    const { offsets, exceptions, found } = this;
    const { unspread, images } = offsets;
    const most = highestOf(unspread, plan.profiles.profiles.length) + images.top;
    const plain = this.best.length;
    let added = 0;
    for (let i = 0; i < exceptions.count; i += 1) {
      const position = exceptions.positions[i] ?? 0;
      const ofNode = (plan.resources.scores[position] ?? 0) + (exceptions.offsets[i] ?? 0);
      if (ofNode + most < this.height) continue;
      const total = ofNode + (unspread[plan.profiles.numberOf[position] ?? 0] ?? 0) + (images.top > 0 ? images.at(position) : 0);
      if (total < this.height) continue;
      if (total > this.height) this.best = [];
      this.height = total;
      this.best.push(position);
      added += 1;
    }
    return added === 0 || plain + added === 1 ? this.best : inOrderVisited(this.best, found);
  }
}

function inOrderVisited(positions: readonly number[], { start, nodes }: FoundNodes): number[] {
  return [...positions].sort((a, b) => ((a - start + nodes) % nodes) - ((b - start + nodes) % nodes));
}
