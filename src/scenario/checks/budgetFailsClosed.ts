import { budgetSeverity, endOfRefusals } from './budgetSeverity.ts';
import { type Check, isDrained } from './Check.ts';
import { failsClosed, lacksScale } from './failsClosed.ts';

/**
 * Budgets with `maxUnavailable` or a percentage over pods whose owner has no scale: the count fails, and nothing is ever allowed.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getScaleController)
 */
export const budgetFailsClosed: Check = ({ scenario, selectedBy }) => {
  if (scenario.roll.drain.mode !== 'evict') return [];
  return scenario.cluster.budgets.flatMap((budget) => {
    const groups = selectedBy(budget);
    if (!failsClosed(budget, groups)) return [];
    const owners = groups.filter((group) => lacksScale(budget, group)).map(({ object }) => object);
    const drained = groups.filter((group) => isDrained(group, scenario.roll));
    const effect = drained.length > 0 ? `no eviction is ever allowed; ${endOfRefusals(drained, scenario)}` : 'no eviction is ever allowed';
    return [
      {
        code: 'BUDGET_FAILS_CLOSED',
        severity: budgetSeverity(budget, drained, scenario),
        object: `PodDisruptionBudget/${budget.namespace}/${budget.name}`,
        message: `the pods it expects cannot be counted, because ${owners.join(', ')} has no scale: ${effect}`,
        hint: 'use minAvailable with a whole number for pods of Jobs, DaemonSets and controllers of your own',
      },
    ];
  });
};
