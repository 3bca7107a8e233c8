import type { Cluster } from '../../cluster/Cluster.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import { selectorMatches } from '../../cluster/LabelSelector.ts';
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
export function splitByBudgets(cluster: Pick<Cluster, 'budgets'>, pods: readonly Pod[]): PodsByBudget {
  const left = new Map([...cluster.budgets.values()].map((budget) => [budget, budget.status.disruptionsAllowed]));
  const violating: Pod[] = [];
  const sparing: Pod[] = [];
  for (const pod of pods) (charge(left, pod) === 'exceeded' ? violating : sparing).push(pod);
  return { violating, sparing };
}

function charge(left: Map<DisruptionBudget, number>, pod: Pod): 'exceeded' | 'within' {
  let outcome: 'exceeded' | 'within' = 'within';
  for (const [budget, allowed] of left) {
    if (!concerns(budget, pod)) continue;
    left.set(budget, allowed - 1);
    if (allowed - 1 < 0) outcome = 'exceeded';
  }
  return outcome;
}

function concerns(budget: DisruptionBudget, pod: Pod): boolean {
  const { selector } = budget.description;
  if (budget.namespace !== pod.namespace || !selector || selector.requirements.length === 0) return false;
  if (Object.keys(pod.labels).length === 0 || budget.status.disruptedPods.has(pod.name)) return false;
  return selectorMatches(selector, pod.labels);
}
