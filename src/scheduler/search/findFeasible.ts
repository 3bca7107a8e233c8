import { countBits, lowestBit } from './bits.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { feasibleIn } from './feasibleIn.ts';
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
 * Puts the feasible nodes into `found`. Nodes are visited 32 at a time, as words of the nodes that accept the pod, have the room, and are
 * not in `refused`.
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

/**
 * Visits a range of blocks none of which has been visited. Most of the time is spent here, so the loop reads as little as possible and
 * repeats what `feasibleIn` does.
 * @returns the position of the first feasible node beyond those that are enough.
 */
function visitAll(scan: Scan, from: number, to: number): number | undefined {
  const { plan, refused, found, enough } = scan;
  const { resources, placement } = plan;
  const { admits } = placement;
  const { fits } = resources;
  const { words } = refused;
  const { members } = found;
  let { count } = found;
  for (let begin = from; begin < to; begin += BLOCKS_AHEAD) {
    const end = begin + BLOCKS_AHEAD < to ? begin + BLOCKS_AHEAD : to;
    resources.workOut(admits, begin, end);
    for (let block = begin; block < end; block += 1) {
      const nodes = (admits[block] ?? 0) & (fits[block] ?? 0) & ~(words[block] ?? 0);
      count += countBits(nodes);
      if (count > enough) {
        found.count = count - countBits(nodes);
        return stopIn(scan, block, nodes);
      }
      members[block] = nodes;
    }
  }
  found.count = count;
  return undefined;
}

/** The number of blocks that are worked out ahead of the visit; some of that is in vain where the scan ends. */
const BLOCKS_AHEAD = 16;

/** Visits those nodes of `block` that are in `among`. @returns the position of the first feasible node beyond those that are enough. */
function visit(scan: Scan, block: number, among: number): number | undefined {
  const { plan, refused, found, enough } = scan;
  plan.resources.workOut(plan.placement.admits, block, block + 1);
  const nodes = feasibleIn(plan, refused, block) & among;
  const more = countBits(nodes);
  if (found.count + more > enough) return stopIn(scan, block, nodes);
  found.add(block, nodes, more);
  return undefined;
}

/** Adds the first of `nodes` in `block`, up to those that are enough. @returns the position of the next. */
function stopIn({ found, enough }: Scan, block: number, nodes: number): number {
  const room = enough - found.count;
  let rest = nodes;
  for (let taken = 0; taken < room; taken += 1) rest &= rest - 1;
  found.add(block, nodes & ~rest, room);
  found.endIn(block);
  return (block << 5) + lowestBit(rest);
}
