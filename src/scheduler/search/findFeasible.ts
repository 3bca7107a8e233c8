import { countBits, lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { UNKNOWN } from './LocalScores.ts';
import type { RefusedNodes } from './RefusedNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/** Where a scan begins and when it may stop. */
export interface ScanLimits {
  /** Number of all nodes. */
  readonly nodes: number;
  /** Index at which the scan begins; it goes round. */
  readonly start: number;
  /** How many feasible nodes are enough; the scan goes on to the next feasible one and leaves it out. */
  readonly enough: number;
}

/**
 * Puts the feasible nodes into `found`. Nodes are visited 32 at a time: a word of nodes that let the pod in and have the room and the ports,
 * without those that `refused` leaves out.
 * @returns how many nodes were visited.
 */
export function findFeasible(plan: SearchPlan, refused: RefusedNodes, found: FoundNodes, { nodes, start, enough }: ScanLimits): number {
  const begin = start % nodes;
  found.begin(begin);
  const scan = { plan, refused, found, enough };
  const first = begin >> 5;
  // Where all are wanted nothing is left over of the first block when the scan comes round to it.
  const behindBegin = enough >= nodes ? EVERY : -1 << (begin & 31);
  const end =
    visit(scan, first, behindBegin) ??
    visitAll(scan, first + 1, found.members.length) ??
    visitAll(scan, 0, first) ??
    visit(scan, first, ~behindBegin);
  return end === undefined ? nodes : (end - begin + nodes) % nodes;
}

interface Scan {
  readonly plan: SearchPlan;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  readonly enough: number;
}

const EVERY = -1;

/** Visits the blocks from one to before another. @returns the position of the first feasible node beyond those that are enough. */
function visitAll(scan: Scan, from: number, to: number): number | undefined {
  for (let block = from; block < to; block += 1) {
    if (to - from > FEW_BLOCKS) block = visitKnown(scan, block, to);
    if (block === to) break;
    const end = visit(scan, block, EVERY);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Of so few blocks there is something to work out in most. */
const FEW_BLOCKS = 4;

/**
 * Visits blocks from `from` on, up to the first one where something has to be worked out or that has more feasible nodes than are enough.
 * This is the longest loop of most decisions, so it calls nothing: then all that it reads from stays at hand.
 * @returns the block that it did not visit, `to` if there is none.
 */
function visitKnown({ plan, refused, found, enough }: Scan, from: number, to: number): number {
  const { admits } = plan.placement;
  const { fits, scores, number } = plan.resources;
  const { words: stale, room } = plan.resources.stale;
  const { highest, best, untainted } = scores;
  const { words: left } = refused;
  const { members, tainted } = found;
  const free = plan.ports?.free;
  let { count, top, topBlock, taintedCount } = found;
  let block = from;
  for (; block < to; block += 1) {
    const admitted = admits[block] ?? 0;
    const height = highest[block] ?? 0;
    if (height === UNKNOWN || ((stale[block * room + number] ?? 0) & (admitted | (best[block] ?? 0))) !== 0) break;
    const nodes = admitted & (fits[block] ?? 0) & ~(left[block] ?? 0) & (free ? (free[block] ?? 0) : EVERY);
    const more = countBits(nodes);
    if (count + more > enough) break;
    count += more;
    members[block] = nodes;
    const clean = nodes & (untainted[block] ?? 0);
    if (clean !== nodes) {
      tainted[taintedCount] = block;
      taintedCount += 1;
    }
    if (height <= top || clean === 0) continue;
    top = height;
    topBlock = block;
  }
  found.count = count;
  found.top = top;
  found.topBlock = topBlock;
  found.taintedCount = taintedCount;
  return block;
}

/** Visits those nodes of `block` that are in `among`. @returns the position of the first feasible node beyond those that are enough. */
function visit({ plan, refused, found, enough }: Scan, block: number, among: number): number | undefined {
  const { resources, placement, ports } = plan;
  const admitted = placement.admits[block] ?? 0;
  resources.workOut(block, admitted);
  const free = ports ? (ports.free[block] ?? 0) : EVERY;
  const nodes = admitted & (resources.fits[block] ?? 0) & ~(refused.words[block] ?? 0) & free & among;
  const more = countBits(nodes);
  const room = enough - found.count;
  if (more <= room) {
    found.add(block, nodes, more, resources.scores);
    return undefined;
  }
  let rest = nodes;
  for (let taken = 0; taken < room; taken += 1) rest &= rest - 1;
  found.add(block, nodes & ~rest, room, resources.scores);
  found.endIn(block);
  return (block << 5) + lowestBit(rest);
}
