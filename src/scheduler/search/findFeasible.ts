import type { NodeInfo } from '../NodeInfo.ts';
import type { DomainRefusals } from './DomainRefusals.ts';
import type { FoundNodes } from './FoundNodes.ts';
import type { SearchPlan } from './SearchPlan.ts';

/** Where a scan begins and when it may stop. */
export interface ScanLimits {
  readonly nodes: readonly NodeInfo[];
  /** Index at which the scan begins; it goes round. */
  readonly start: number;
  /** How many feasible nodes are enough; the scan goes on to the next feasible one and leaves it out. */
  readonly enough: number;
}

/**
 * Puts the feasible nodes into `found`, in the order visited. Nodes are visited 32 at a time: a word of nodes that let the pod in and have
 * the room, from which those are left out whose domains refuse it.
 * @returns how many nodes were visited.
 */
export function findFeasible(plan: SearchPlan, found: FoundNodes, { nodes, start, enough }: ScanLimits): number {
  plan.resources.refresh();
  plan.placement.refresh();
  found.count = 0;
  const scan = { plan, found, nodes, enough, refusals: [...plan.hardSpread.refusals(), ...plan.affinity.refusals()] };
  const begin = start % nodes.length;
  const end = visit(scan, begin, nodes.length) ?? visit(scan, 0, begin);
  return end === undefined ? nodes.length : (end - begin + nodes.length) % nodes.length;
}

interface Scan {
  readonly plan: SearchPlan;
  readonly found: FoundNodes;
  readonly nodes: readonly NodeInfo[];
  readonly enough: number;
  readonly refusals: readonly DomainRefusals[];
}

/** @returns the position of the first feasible node beyond those that are enough. */
function visit({ plan, found, nodes, enough, refusals }: Scan, from: number, to: number): number | undefined {
  const { admits } = plan.placement;
  const { fits } = plan.resources;
  for (let index = from >> 5; index << 5 < to; index += 1) {
    let word = (admits[index] ?? 0) & (fits[index] ?? 0) & maskOf(index << 5, from, to);
    for (; word !== 0; word &= word - 1) {
      const position = (index << 5) + 31 - Math.clz32(word & -word);
      if (isRefused(refusals, position) || !hasFreePorts(plan, nodes[position])) continue;
      if (found.count === enough) return position;
      found.add(position);
    }
  }
  return undefined;
}

/** The bits of the word that begins at `first` whose positions lie in [from, to). */
function maskOf(first: number, from: number, to: number): number {
  const low = from > first ? -1 << (from - first) : -1;
  const high = to < first + 32 ? ~(-1 << (to - first)) : -1;
  return low & high;
}

function isRefused(refusals: readonly DomainRefusals[], position: number): boolean {
  for (const { domainOf, refused } of refusals) if (refused[domainOf[position] ?? 0] === 1) return true;
  return false;
}

function hasFreePorts({ hostPorts }: SearchPlan, node: NodeInfo | undefined): boolean {
  return hostPorts.length === 0 || !node || !hostPorts.some((port) => node.hostPorts.conflictsWith(port));
}
