import type { NodeInfo } from '../NodeInfo.ts';
import type { DomainRefusals } from './DomainRefusals.ts';
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
 * Visits nodes in order, 32 at a time: a word of nodes that let the pod in and have the room, from which those are left out whose domains
 * refuse it.
 */
export class FeasibleScan {
  private found = new Int32Array(0);
  private count = 0;
  private refusals: readonly DomainRefusals[] = [];

  /** @returns positions of the feasible nodes in the order visited (valid until the next run), and how many nodes were visited. */
  run(plan: SearchPlan, { nodes, start, enough }: ScanLimits): { readonly found: Int32Array; readonly visited: number } {
    if (this.found.length < nodes.length) this.found = new Int32Array(nodes.length);
    plan.resources.refresh();
    plan.placement.refresh();
    this.refusals = [...plan.hardSpread.refusals(), ...plan.affinity.refusals()];
    this.count = 0;
    const begin = start % nodes.length;
    let end = this.visit(plan, { nodes, from: begin, to: nodes.length, enough });
    if (end === undefined) end = this.visit(plan, { nodes, from: 0, to: begin, enough });
    const visited = end === undefined ? nodes.length : (end - begin + nodes.length) % nodes.length;
    return { found: this.found.subarray(0, this.count), visited };
  }

  /** @returns the position of the first feasible node beyond those that are enough. */
  private visit(plan: SearchPlan, { nodes, from, to, enough }: Range): number | undefined {
    const { admits } = plan.placement;
    const { fits } = plan.resources;
    for (let index = from >> 5; index << 5 < to; index += 1) {
      let word = (admits[index] ?? 0) & (fits[index] ?? 0) & maskOf(index << 5, from, to);
      for (; word !== 0; word &= word - 1) {
        const position = (index << 5) + 31 - Math.clz32(word & -word);
        if (!this.isAllowed(position) || !hasFreePorts(plan, nodes[position])) continue;
        if (this.count === enough) return position;
        this.found[this.count] = position;
        this.count += 1;
      }
    }
    return undefined;
  }

  private isAllowed(position: number): boolean {
    for (const { domainOf, refused } of this.refusals) if (refused[domainOf[position] ?? 0] === 1) return false;
    return true;
  }
}

interface Range {
  readonly nodes: readonly NodeInfo[];
  readonly from: number;
  readonly to: number;
  readonly enough: number;
}

/** The bits of the word that begins at `first` whose positions lie in [from, to). */
function maskOf(first: number, from: number, to: number): number {
  const low = from > first ? -1 << (from - first) : -1;
  const high = to < first + 32 ? ~(-1 << (to - first)) : -1;
  return low & high;
}

function hasFreePorts({ hostPorts }: SearchPlan, node: NodeInfo | undefined): boolean {
  return hostPorts.length === 0 || !node || !hostPorts.some((port) => node.hostPorts.conflictsWith(port));
}
