import { lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { mostOf, type OffsetClasses, type OffsetProperty, offsetAt } from './OffsetClasses.ts';
import type { ResourceColumn } from './ResourceColumn.ts';
import type { SpreadExceptions } from './SpreadExceptions.ts';

/** What the total of each found node is made of. */
export interface ScoredBlocks {
  readonly found: FoundNodes;
  readonly local: Pick<ResourceColumn, 'scores' | 'highest'>;
  /** For all nodes but the exceptions. */
  readonly classes: OffsetClasses;
  readonly exceptions: SpreadExceptions;
  /** What exceptions get besides spreading. */
  readonly others: readonly OffsetProperty[];
}

/**
 * The positions of the found nodes with the highest total, in the order visited.
 *
 * First the height is found, from the most promising block on: blocks and classes that cannot get above it are left out. Then those that
 * reach it are gathered.
 */
export function bestInBlocks(scored: ScoredBlocks): readonly number[] {
  let height = heightIn(scored, mostPromising(scored), Number.NEGATIVE_INFINITY);
  for (let i = 0; i < scored.found.blocks; i += 1) height = heightIn(scored, i, height);
  const exceptional = bestExceptions(scored, height);
  const [first] = exceptional;
  if (first !== undefined) height = first.total;
  const best: number[] = [];
  for (let i = 0; i < scored.found.blocks; i += 1) gather(scored, i, height, exceptional, best);
  return best;
}

/** The index of the block whose best local score is the highest. */
function mostPromising({ found, local: { highest } }: ScoredBlocks): number {
  let index = 0;
  let most = -1;
  for (let i = 0; i < found.blocks; i += 1) {
    const score = highest[found.blockAt[i] ?? 0] ?? 0;
    if (score <= most) continue;
    most = score;
    index = i;
  }
  return index;
}

/** The higher of `height` and the totals in the block with this index. */
function heightIn({ found, local, classes, exceptions }: ScoredBlocks, index: number, height: number): number {
  const block = found.blockAt[index] ?? 0;
  const plain = (found.bitsAt[index] ?? 0) & ~(exceptions.members[block] ?? 0);
  const most = local.highest[block] ?? 0;
  let best = height;
  for (let i = 0; i < classes.count; i += 1) {
    const offset = classes.offsets[i] ?? 0;
    if (offset + most <= best) break;
    for (let bits = classes.membersIn(i, block, plain); bits !== 0; bits &= bits - 1) {
      const total = (local.scores[(block << 5) + lowestBit(bits)] ?? 0) + offset;
      if (total > best) best = total;
    }
  }
  return best;
}

interface ExceptionalNode {
  readonly position: number;
  readonly total: number;
}

/** The exceptions with the highest total, if that is at least `height`. */
function bestExceptions({ local, others, exceptions }: ScoredBlocks, height: number): readonly ExceptionalNode[] {
  if (exceptions.count === 0) return NONE;
  const most = mostOf(others);
  let best = height;
  let nodes: ExceptionalNode[] = [];
  for (let i = 0; i < exceptions.count; i += 1) {
    const position = exceptions.positions[i] ?? 0;
    const ofNode = (local.scores[position] ?? 0) + (exceptions.offsets[i] ?? 0);
    if (ofNode + most < best) continue;
    const total = ofNode + offsetAt(others, position);
    if (total > best) nodes = [];
    if (total < best) continue;
    best = total;
    nodes.push({ position, total });
  }
  return nodes;
}

const NONE: readonly ExceptionalNode[] = [];

/** Adds the positions in the block with this index whose total is `height`. */
function gather(scored: ScoredBlocks, index: number, height: number, exceptional: readonly ExceptionalNode[], best: number[]): void {
  const { found, local, classes, exceptions } = scored;
  const block = found.blockAt[index] ?? 0;
  const visited = found.bitsAt[index] ?? 0;
  const plain = visited & ~(exceptions.members[block] ?? 0);
  const most = local.highest[block] ?? 0;
  let reached = 0;
  for (let i = 0; i < classes.count; i += 1) {
    const offset = classes.offsets[i] ?? 0;
    if (offset + most < height) break;
    for (let bits = classes.membersIn(i, block, plain); bits !== 0; bits &= bits - 1) {
      const bit = lowestBit(bits);
      if ((local.scores[(block << 5) + bit] ?? 0) + offset === height) reached |= 1 << bit;
    }
  }
  for (const { position } of exceptional) if (position >> 5 === block) reached |= visited & (1 << (position & 31));
  for (; reached !== 0; reached &= reached - 1) best.push((block << 5) + lowestBit(reached));
}
