import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { allowedDisruptions, roundedUp } from '../../controllers/budgetArithmetic.ts';
import { type Check, consequence, isDrained, severityFor } from './Check.ts';
import { failsClosed } from './failsClosed.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Budgets that refuse every eviction even when all their pods are healthy.
 *
 * The arithmetic is that of the disruption controller; a budget whose count fails is left to the rule `budgetFailsClosed`.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getExpectedPodCount, updatePdbStatus)
 */
export const budgetNeverAllows: Check = ({ scenario, selectedBy }) => {
  if (scenario.roll.drain.mode !== 'evict') return [];
  return scenario.cluster.budgets.flatMap((budget) => {
    const groups = selectedBy(budget);
    if (!groups.some(isDrained) || failsClosed(budget, groups) || allowedAtBest(budget, groups) > 0) return [];
    return [
      {
        code: 'BUDGET_NEVER_ALLOWS',
        severity: severityFor(groups),
        object: `PodDisruptionBudget/${budget.namespace}/${budget.name}`,
        message: `${wording(budget)} never allows an eviction of ${groups.map(({ object }) => object).join(', ')}, even with all pods healthy; ${consequence(scenario)}`,
        hint: 'add a replica, or use maxUnavailable: 1 (for minAvailable leave at least one pod less than there are)',
      },
    ];
  });
};

/** `disruptionsAllowed` with every pod there and healthy. */
function allowedAtBest({ maxUnavailable, minAvailable }: DisruptionBudgetDescription, groups: readonly PodGroup[]): number {
  const currentHealthy = sum(groups);
  const scale = sum(groups.filter(({ kind }) => kind !== 'Pod'));
  if (maxUnavailable !== undefined) {
    const desiredHealthy = Math.max(0, scale - roundedUp(maxUnavailable, scale));
    return allowedDisruptions({ currentHealthy, desiredHealthy, expectedPods: scale });
  }
  if (typeof minAvailable === 'number')
    return allowedDisruptions({ currentHealthy, desiredHealthy: minAvailable, expectedPods: currentHealthy });
  if (minAvailable === undefined) return 0;
  return allowedDisruptions({ currentHealthy, desiredHealthy: roundedUp(minAvailable, scale), expectedPods: scale });
}

function sum(groups: readonly PodGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

function wording({ maxUnavailable, minAvailable }: DisruptionBudgetDescription): string {
  if (maxUnavailable !== undefined) return `maxUnavailable ${maxUnavailable}`;
  return minAvailable === undefined ? 'a budget without minAvailable and maxUnavailable' : `minAvailable ${minAvailable}`;
}
