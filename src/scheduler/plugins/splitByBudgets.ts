import type { Cluster } from '../../cluster/Cluster.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Pod } from '../../cluster/Pod.ts';

/** Pods whose removal a disruption budget speaks against, and the others, both in the order given. */
export interface PodsByBudget {
  readonly violating: readonly Pod[];
  readonly sparing: readonly Pod[];
}

/**
 * Charges `pods` one by one, in the order given, to the budgets that select them. Budgets without a requirement and pods without labels
 * are left out, unlike in evictions.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/defaultpreemption/default_preemption.go (filterPodsWithPDBViolation)
 */
export function splitByBudgets(cluster: Pick<Cluster, 'budgetsSelecting'>, pods: readonly Pod[]): PodsByBudget {
  const left = new Map<DisruptionBudget, number>();
  const violating: Pod[] = [];
  const sparing: Pod[] = [];
  for (const pod of pods) {
    const budgets = cluster.budgetsSelecting(pod).filter((budget) => concerns(budget, pod));
    const allowed = budgets.map((budget) => charge(left, budget));
    (allowed.some((disruptions) => disruptions < 0) ? violating : sparing).push(pod);
  }
  return { violating, sparing };
}

function concerns({ description, status }: DisruptionBudget, pod: Pod): boolean {
  const hasRequirements = description.selector !== undefined && description.selector.requirements.length > 0;
  return hasRequirements && Object.keys(pod.labels).length > 0 && !status.disruptedPods.has(pod.name);
}

/** Takes one disruption from what is left of `budget`. @returns what is left then, negative when it was spent. */
function charge(left: Map<DisruptionBudget, number>, budget: DisruptionBudget): number {
  const rest = (left.get(budget) ?? budget.status.disruptionsAllowed) - 1;
  left.set(budget, rest);
  return rest;
}
