import { lowestBit, wordsFor } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { NodeOffsets } from './NodeOffsets.ts';
import { mostOf, offsetAt } from './OffsetClasses.ts';
import type { ResourceColumn } from './ResourceColumn.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';

/** What the total of each found node is made of: its local score, and the offset of its class or its own as an exception. */
export interface ScoredBlocks {
  readonly found: FoundNodes;
  readonly local: ResourceColumn;
  readonly offsets: NodeOffsets;
  readonly exceptions: SpreadExceptions;
}

/**
 * Finds the nodes with the highest total block by block, leaving out blocks and classes that cannot reach the best total so far. The most
 * promising block sets the mark first.
 */
export class BlockSearch {
  /** The highest total so far. */
  private height = 0;
  /** Positions that have it. */
  private best: number[] = [];
  /** No local score of a found node is higher, by index of its block. */
  private readonly bounds: Uint8Array;

  constructor(nodes: number) {
    this.bounds = new Uint8Array(wordsFor(nodes) + 1);
  }

  /** The positions of the found nodes with the highest total, in the order visited. */
  run(scored: ScoredBlocks): readonly number[] {
    const { found, offsets, exceptions } = scored;
    const { classes } = offsets;
    const top = classes.offsets[classes.ranking[0] ?? 0] ?? 0;
    this.height = Number.NEGATIVE_INFINITY;
    this.visit(scored, this.boundBlocks(scored));
    this.best = [];
    for (let i = 0; i < found.blocks; i += 1) if ((this.bounds[i] ?? 0) + top >= this.height) this.visit(scored, i);
    return exceptions.count === 0 ? this.best : this.withExceptions(scored);
  }

  /** @returns the index of the block with the highest bound. */
  private boundBlocks({ found, local }: ScoredBlocks): number {
    const { blocks, blockAt, bitsAt } = found;
    let index = 0;
    let most = -1;
    for (let i = 0; i < blocks; i += 1) {
      const bound = local.bound(blockAt[i] ?? 0, bitsAt[i] ?? 0);
      this.bounds[i] = bound;
      if (bound <= most) continue;
      most = bound;
      index = i;
    }
    return index;
  }

  /** Takes in the block with this index, exceptions left aside. */
  private visit({ found, local, offsets: { classes }, exceptions }: ScoredBlocks, index: number): void {
    const block = found.blockAt[index] ?? 0;
    const plain = (found.bitsAt[index] ?? 0) & ~(exceptions.members[block] ?? 0);
    const bound = this.bounds[index] ?? 0;
    let { height } = this;
    let reached = 0;
    for (let rank = 0; rank < classes.count; rank += 1) {
      const number = classes.ranking[rank] ?? 0;
      const offset = classes.offsets[number] ?? 0;
      if (offset + bound < height) break;
      for (let bits = classes.membersIn(number, block, plain); bits !== 0; bits &= bits - 1) {
        const bit = lowestBit(bits);
        const total = (local.scores[(block << 5) + bit] ?? 0) + offset;
        if (total > height) {
          height = total;
          reached = 1 << bit;
        } else if (total === height) reached |= 1 << bit;
      }
    }
    if (reached !== 0) this.reach(height, block, reached);
  }

  private reach(height: number, block: number, bits: number): void {
    if (height > this.height) this.best = [];
    this.height = height;
    for (let rest = bits; rest !== 0; rest &= rest - 1) this.best.push((block << 5) + lowestBit(rest));
  }

  private withExceptions({ found, local, offsets: { others }, exceptions }: ScoredBlocks): readonly number[] {
    const most = mostOf(others);
    const plain = this.best.length;
    let added = 0;
    for (let i = 0; i < exceptions.count; i += 1) {
      const position = exceptions.positions[i] ?? 0;
      const ofNode = (local.scores[position] ?? 0) + (exceptions.offsets[i] ?? 0);
      if (ofNode + most < this.height) continue;
      const total = ofNode + offsetAt(others, position);
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
