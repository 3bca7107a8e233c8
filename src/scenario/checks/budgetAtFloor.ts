import { allowedAtBest, wording } from './allowedAtBest.ts';
import { type Check, consequence, isDrained } from './Check.ts';
import { failsClosed } from './failsClosed.ts';
import { replicaBounds } from './replicaBounds.ts';

/**
 * Budgets that allow evictions by day but none when autoscalers have gone down to their minimum, as they do in the quiet hours that people
 * choose for a roll.
 */
export const budgetAtFloor: Check = ({ scenario, selectedBy }) => {
  if (scenario.roll.drain.mode !== 'evict') return [];
  const boundsOf = replicaBounds(scenario);
  return scenario.cluster.budgets.flatMap((budget) => {
    const groups = selectedBy(budget);
    if (!groups.some((group) => isDrained(group, scenario.roll)) || failsClosed(budget, groups)) return [];
    const bounded = groups.map((group) => ({ group, ...boundsOf(group) }));
    const [least, most] = [
      bounded.map((each) => ({ ...each.group, count: each.least })),
      bounded.map((each) => ({ ...each.group, count: each.most })),
    ];
    if (allowedAtBest(budget, most) === 0 || allowedAtBest(budget, least) > 0) return [];
    const scaled = bounded.filter((each) => each.least < each.most);
    return [
      {
        code: 'BUDGET_ALLOWS_NOTHING_AT_FLOOR',
        severity: 'warning',
        object: `PodDisruptionBudget/${budget.namespace}/${budget.name}`,
        message: `${wording(budget)} allows nothing when the autoscaler has gone down to ${scaled.map((each) => `${each.least} of ${each.group.object}`).join(', ')}; ${consequence(scenario)}`,
        hint: 'use maxUnavailable: 1, or raise minReplicas while the roll goes on',
      },
    ];
  });
};
