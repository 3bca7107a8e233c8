import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { BudgetTally } from './BudgetTally.ts';

/** A pod that some budget selects. */
interface Member {
  readonly pod: Pod;
  /** By name. */
  readonly budgets: readonly DisruptionBudget[];
}

/** Which pods each disruption budget selects, kept up to date pod by pod so that no change looks at all pods. */
export class BudgetMembers {
  private readonly cluster: Cluster;
  private readonly tallies = new Map<DisruptionBudget, BudgetTally>();
  /** By slot of the pod. */
  private readonly members: (Member | undefined)[] = [];

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.select(pod);
  }

  /** The pods that `budget` selects. */
  tallyOf(budget: DisruptionBudget): BudgetTally {
    const known = this.tallies.get(budget);
    if (known) return known;
    const tally = new BudgetTally();
    this.tallies.set(budget, tally);
    return tally;
  }

  /** The budgets that select `pod`, by name. */
  budgetsOf(pod: Pod): readonly DisruptionBudget[] {
    const member = this.members[pod.slot];
    return member?.pod === pod ? member.budgets : NO_BUDGETS;
  }

  /** Takes note of a new pod, or of new labels of a known one. */
  select(pod: Pod): void {
    this.forget(pod);
    const budgets = this.cluster.budgetsSelecting(pod);
    if (budgets.length === 0) return;
    this.members[pod.slot] = { pod, budgets };
    for (const budget of budgets) this.tallyOf(budget).put(pod);
  }

  /** Takes note that a known pod is Ready, terminating or owned by somebody else now. */
  refresh(pod: Pod): void {
    for (const budget of this.budgetsOf(pod)) this.tallyOf(budget).put(pod);
  }

  /** Takes note that `pod` is gone. */
  forget(pod: Pod): void {
    for (const budget of this.budgetsOf(pod)) this.tallies.get(budget)?.drop(pod);
    this.members[pod.slot] = undefined;
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every pod of its namespace. */
  reselect(budget: DisruptionBudget): void {
    this.tallies.delete(budget);
    for (const pod of this.cluster.pods.values()) if (pod.namespace === budget.namespace) this.select(pod);
  }
}

const NO_BUDGETS: readonly DisruptionBudget[] = [];
