import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { BudgetMembers } from './BudgetMembers.ts';
import { type CustomScales, expectedPods, ownerWithoutScale } from './expectedPods.ts';

/**
 * Finds the scale of custom owners from the budgets of a dump. If a budget over the pods of a single such owner was working when it was
 * dumped, its status shows how many pods the API server expected, and that the owner has a scale subresource.
 */
export function inferScales(cluster: Cluster, members: BudgetMembers, given: CustomScales): CustomScales {
  const scales = new Map(given);
  for (const budget of cluster.budgets.values()) {
    if (!dependsOnScale(budget) || !wasCounted(budget)) continue;
    const { owners } = members.of(budget);
    const unknown = new Set(owners.flatMap((podClass) => ownerWithoutScale(podClass, scales) ?? []));
    const [owner] = unknown;
    if (owner === undefined || unknown.size > 1) continue;
    const others = expectedPods(cluster, budget, { members, customScales: new Map(scales).set(owner, 0) });
    if ('expectedPods' in others) scales.set(owner, Math.max(0, budget.status.expectedPods - others.expectedPods));
  }
  return scales;
}

function dependsOnScale({ description: { maxUnavailable, minAvailable } }: DisruptionBudget): boolean {
  return maxUnavailable !== undefined || typeof minAvailable === 'string';
}

function wasCounted({ description: { status, generation } }: DisruptionBudget): boolean {
  return (
    status !== undefined && status.observedGeneration === generation && status.expectedPods > 0 && status.condition?.reason !== 'SyncFailed'
  );
}
