import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';

/** Which pods each disruption budget selects, kept up to date pod by pod so that no change looks at all pods. */
export class BudgetMembers {
  private readonly cluster: Cluster;
  private readonly podsByBudget = new Map<DisruptionBudget, Set<Pod>>();
  private readonly budgetsByPod = new Map<Pod, readonly DisruptionBudget[]>();

  /** Starts with everything that `cluster` holds. */
  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const pod of cluster.pods.values()) this.select(pod);
  }

  /** Every pod that `budget` selects, in the order in which it came to select them. */
  podsOf(budget: DisruptionBudget): ReadonlySet<Pod> {
    return this.podsByBudget.get(budget) ?? NO_PODS;
  }

  /** The budgets that select `pod`, by name. */
  budgetsOf(pod: Pod): readonly DisruptionBudget[] {
    return this.budgetsByPod.get(pod) ?? NO_BUDGETS;
  }

  /** Takes note of a new pod, or of new labels of a known one. */
  select(pod: Pod): void {
    this.forget(pod);
    const budgets = this.cluster.budgetsSelecting(pod);
    if (budgets.length === 0) return;
    this.budgetsByPod.set(pod, budgets);
    for (const budget of budgets) this.membersOf(budget).add(pod);
  }

  /** Takes note that `pod` is gone. */
  forget(pod: Pod): void {
    for (const budget of this.budgetsOf(pod)) this.podsByBudget.get(budget)?.delete(pod);
    this.budgetsByPod.delete(pod);
  }

  /** Takes note of a new budget, a new selector or a budget that is gone; looks at every pod of its namespace. */
  reselect(budget: DisruptionBudget): void {
    this.podsByBudget.delete(budget);
    for (const pod of this.cluster.pods.values()) if (pod.namespace === budget.namespace) this.select(pod);
  }

  private membersOf(budget: DisruptionBudget): Set<Pod> {
    const known = this.podsByBudget.get(budget);
    if (known) return known;
    const pods = new Set<Pod>();
    this.podsByBudget.set(budget, pods);
    return pods;
  }
}

const NO_PODS: ReadonlySet<Pod> = new Set();
const NO_BUDGETS: readonly DisruptionBudget[] = [];
