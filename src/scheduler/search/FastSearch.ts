import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { BoundDecision } from '../Decision.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { nodesToFind } from '../nodesToFind.ts';
import type { SchedulerState } from '../SchedulerState.ts';
import { FeasibleScan } from './FeasibleScan.ts';
import { PlanBook } from './PlanBook.ts';
import type { SearchPlan } from './SearchPlan.ts';
import { totalScores } from './totalScores.ts';

/**
 * Finds the node that the plugins would choose, without asking them.
 *
 * What plugins work out for every node and every pod is kept in columns by node and shared by all pods with the same requests, the same
 * placement rules, the same images; a decision combines a few columns over the nodes that it visits. Pods nearby are counted by the
 * snapshot. A decision costs about as much as the nodes it visits plus the nodes that hold pods of the same kind; a change of a node costs
 * one entry in each column, when that is next read.
 */
export class FastSearch {
  /** Decisions that had to go the slow way for want of a fast form. */
  slowDecisions = 0;
  private readonly state: SchedulerState;
  private readonly plans: PlanBook;
  private readonly scan = new FeasibleScan();

  constructor(state: SchedulerState) {
    this.state = state;
    this.plans = new PlanBook(state);
  }

  onChange(change: ClusterChange): void {
    this.plans.onChange(change);
  }

  /**
   * Puts `pod` on a node, without the detail of a decision; the start index and the count of ties move as with the plugins.
   * @returns undefined when the plugins have to decide (nothing has changed then): there is no fast form, or no node fits.
   */
  choose(pod: Pod): BoundDecision | undefined {
    const plan = this.planFor(pod);
    if (!plan) {
      this.slowDecisions += 1;
      return undefined;
    }
    const { nodes } = this.state.snapshot;
    const enough = nodesToFind(nodes.length, this.state.percentageOfNodesToScore);
    const { found, visited } = this.scan.run(plan, { nodes, start: this.state.nextStartIndex, enough });
    const [first] = found;
    if (first === undefined) return undefined;
    this.state.nextStartIndex = (this.state.nextStartIndex + visited) % nodes.length;
    return bound(found.length === 1 ? nodes[first]?.name : this.bestOf(pod, plan, found));
  }

  private planFor(pod: Pod): SearchPlan | undefined {
    const { nominated, snapshot } = this.state;
    if (snapshot.nodes.length === 0 || !nominated.isEmpty || pod.nominatedNodeName !== undefined) return undefined;
    const plan = this.plans.planOf(pod);
    return plan?.softSpread.isAmbiguous ? undefined : plan;
  }

  private bestOf(pod: Pod, plan: SearchPlan, found: Int32Array): string | undefined {
    const { nodes } = this.state.snapshot;
    const totals = totalScores(plan, found);
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < totals.length; i += 1) highest = Math.max(highest, totals[i] ?? 0);
    const best: string[] = [];
    for (let i = 0; i < totals.length; i += 1) {
      const node = totals[i] === highest ? nodes[found[i] ?? 0] : undefined;
      if (node) best.push(node.name);
    }
    return best.length === 1 ? best[0] : this.state.tieBreak(pod, best, this.state.decisions++);
  }
}

const NO_REFUSALS: ReadonlyMap<string, NodeVerdict> = new Map();

function bound(node: string | undefined): BoundDecision | undefined {
  return node === undefined ? undefined : { kind: 'bound', node, feasible: [], scores: undefined, claims: [], refusals: NO_REFUSALS };
}
