import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { BoundDecision } from '../Decision.ts';
import type { NodeVerdict } from '../NodeVerdict.ts';
import { nodesToFind } from '../nodesToFind.ts';
import type { SchedulerState } from '../SchedulerState.ts';
import type { FoundNodes } from './FoundNodes.ts';
import { findFeasible } from './findFeasible.ts';
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
    const { found } = plan;
    const { nodes } = this.state.snapshot;
    const enough = nodesToFind(nodes.length, this.state.percentageOfNodesToScore);
    const visited = findFeasible(plan, found, { nodes, start: this.state.nextStartIndex, enough });
    if (found.count === 0) return undefined;
    this.state.nextStartIndex = (this.state.nextStartIndex + visited) % nodes.length;
    return bound(found.count === 1 ? this.nameAt(found, 0) : this.bestOf(pod, plan));
  }

  private planFor(pod: Pod): SearchPlan | undefined {
    const { nominated, snapshot } = this.state;
    if (snapshot.nodes.length === 0 || !nominated.isEmpty || pod.nominatedNodeName !== undefined) return undefined;
    const plan = this.plans.planOf(pod);
    return plan?.softSpread.prepare() ? plan : undefined;
  }

  private bestOf(pod: Pod, plan: SearchPlan): string {
    const { found } = plan;
    totalScores(plan, found);
    const best = found.best();
    const [first] = best;
    if (best.length === 1 && first !== undefined) return this.nameAt(found, first);
    const names = best.map((index) => this.nameAt(found, index));
    return this.state.tieBreak(pod, names, this.state.decisions++);
  }

  private nameAt(found: FoundNodes, index: number): string {
    return this.state.snapshot.nodes[found.positions[index] ?? 0]?.name ?? '';
  }
}

const NO_REFUSALS: ReadonlyMap<string, NodeVerdict> = new Map();

function bound(node: string): BoundDecision {
  return { kind: 'bound', node, feasible: [], scores: undefined, claims: [], refusals: NO_REFUSALS };
}
