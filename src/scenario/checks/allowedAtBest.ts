import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { allowedDisruptions, roundedUp } from '../../controllers/budgetArithmetic.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * `disruptionsAllowed` of a budget over `groups` with every pod there and healthy.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getExpectedPodCount, updatePdbStatus)
 */
export function allowedAtBest({ maxUnavailable, minAvailable }: DisruptionBudgetDescription, groups: readonly PodGroup[]): number {
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

/** The limit of a budget in words. */
export function wording({ maxUnavailable, minAvailable }: DisruptionBudgetDescription): string {
  if (maxUnavailable !== undefined) return `maxUnavailable ${maxUnavailable}`;
  return minAvailable === undefined ? 'a budget without minAvailable and maxUnavailable' : `minAvailable ${minAvailable}`;
}

function sum(groups: readonly PodGroup[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
