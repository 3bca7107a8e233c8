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
 * Puts the feasible nodes into `found`, in the order visited. Nodes are visited 32 at a time: a word of nodes that let the pod in and have
 * the room and the ports, without those that `refused` leaves out.
 * @returns how many nodes were visited.
 */
export function findFeasible(plan: SearchPlan, refused: RefusedNodes, found: FoundNodes, { nodes, start, enough }: ScanLimits): number {
  const begin = start % nodes;
  found.clear(begin);
  if (enough >= nodes) {
    takeAll(plan, refused, found);
    return nodes;
  }
  const scan = { plan, refused, found, enough };
  const end = visit(scan, begin, nodes) ?? visit(scan, 0, begin);
  return end === undefined ? nodes : (end - begin + nodes) % nodes;
}

/** The short way when every node is to be found. */
function takeAll(plan: SearchPlan, refused: RefusedNodes, found: FoundNodes): void {
  for (let block = 0; block < refused.words.length; block += 1) {
    const bits = feasibleIn(plan, refused, block);
    if (bits !== 0) found.add(block, bits, countBits(bits));
  }
}

interface Scan {
  readonly plan: SearchPlan;
  readonly refused: RefusedNodes;
  readonly found: FoundNodes;
  readonly enough: number;
}

/** @returns the position of the first feasible node beyond those that are enough. */
function visit({ plan, refused, found, enough }: Scan, from: number, to: number): number | undefined {
  let room = enough - found.count;
  for (let block = from >> 5; block << 5 < to; block += 1) {
    const bits = feasibleIn(plan, refused, block) & maskOf(block << 5, from, to);
    if (bits === 0) continue;
    const count = countBits(bits);
    if (count > room) return stopIn(found, block, bits, room);
    found.add(block, bits, count);
    room -= count;
  }
  return undefined;
}

/** The feasible nodes among the 32 of one block. */
function feasibleIn({ placement, resources, ports }: SearchPlan, refused: RefusedNodes, block: number): number {
  const admitted = placement.admits[block] ?? 0;
  if (admitted === 0) return 0;
  const free = ports ? (ports.free[block] ?? 0) : -1;
  return resources.fittingIn(block, admitted) & free & refused.othersIn(block);
}

/** Adds the lowest `room` of `bits`. @returns the position of the next. */
function stopIn(found: FoundNodes, block: number, bits: number, room: number): number {
  let rest = bits;
  for (let taken = 0; taken < room; taken += 1) rest &= rest - 1;
  if (room > 0) found.add(block, bits & ~rest, room);
  return (block << 5) + lowestBit(rest);
}

/** The bits of the word that begins at `first` whose positions lie in [from, to). */
function maskOf(first: number, from: number, to: number): number {
  const low = from > first ? -1 << (from - first) : -1;
  const high = to < first + 32 ? ~(-1 << (to - first)) : -1;
  return low & high;
}
