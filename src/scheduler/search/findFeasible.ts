import { countBits, lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
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
  const blocks = found.members.length;
  if (enough >= nodes) {
    visitAll(scan, 0, blocks);
    return nodes;
  }
  const first = begin >> 5;
  const behindBegin = EVERY << (begin & 31);
  const end =
    visit(scan, first, behindBegin) ?? visitAll(scan, first + 1, blocks) ?? visitAll(scan, 0, first) ?? visit(scan, first, ~behindBegin);
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
  const { resources, placement } = scan.plan;
  for (let begin = from; begin < to; begin += BLOCKS_AHEAD) {
    const end = begin + BLOCKS_AHEAD < to ? begin + BLOCKS_AHEAD : to;
    resources.workOut(placement.admits, begin, end);
    const last = visitKnown(scan, begin, end);
    if (last < end) return visit(scan, last, EVERY);
  }
  return undefined;
}

/** Of so many blocks is worked out what there is to know before they are visited: some of it in vain where the scan ends. */
const BLOCKS_AHEAD = 16;

/**
 * Visits blocks of which everything is worked out, up to the first one that has more feasible nodes than are enough. This is the longest loop of
 * most decisions, so it calls nothing.
 * @returns the block that it did not visit, `to` if there is none.
 */
function visitKnown({ plan, refused, found, enough }: Scan, from: number, to: number): number {
  const { admits } = plan.placement;
  const { fits, scores } = plan.resources;
  const { highest, untainted } = scores;
  const { words: left } = refused;
  const { members, tainted } = found;
  const free = plan.ports?.free;
  let { count, top, topBlock, taintedCount } = found;
  let block = from;
  for (; block < to; block += 1) {
    const nodes = (admits[block] ?? 0) & (fits[block] ?? 0) & ~(left[block] ?? 0) & (free ? (free[block] ?? 0) : EVERY);
    const more = countBits(nodes);
    if (count + more > enough) break;
    count += more;
    members[block] = nodes;
    const clean = nodes & (untainted[block] ?? 0);
    if (clean !== nodes) {
      tainted[taintedCount] = block;
      taintedCount += 1;
    }
    const height = highest[block] ?? 0;
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
  resources.workOut(placement.admits, block, block + 1);
  const free = ports ? (ports.free[block] ?? 0) : EVERY;
  const nodes = (placement.admits[block] ?? 0) & (resources.fits[block] ?? 0) & ~(refused.words[block] ?? 0) & free & among;
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
