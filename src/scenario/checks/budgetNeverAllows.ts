import { allowedAtBest, wording } from './allowedAtBest.ts';
import { budgetSeverity, endOfRefusals } from './budgetSeverity.ts';
import { type Check, isDrained } from './Check.ts';
import { endsByItself } from './endsByItself.ts';
import { failsClosed } from './failsClosed.ts';
import { replicaBounds } from './replicaBounds.ts';

/**
 * Budgets that refuse every eviction even when all their pods are healthy and autoscalers are at their maximum.
 *
 * The arithmetic is that of the disruption controller; a budget whose count fails is left to the rule `budgetFailsClosed`.
 */
export const budgetNeverAllows: Check = ({ scenario, selectedBy }) => {
  if (scenario.roll.drain.mode !== 'evict') return [];
  const boundsOf = replicaBounds(scenario);
  return scenario.cluster.budgets.flatMap((budget) => {
    const groups = selectedBy(budget);
    const most = groups.map((group) => ({ ...group, count: boundsOf(group).most }));
    const drained = groups.filter((group) => isDrained(group, scenario.roll));
    if (drained.length === 0 || failsClosed(budget, groups) || allowedAtBest(budget, most) > 0) return [];
    const isOverSometime = drained.every((group) => endsByItself(group, scenario));
    const refused = `${wording(budget)} never allows an eviction of ${groups.map(({ object }) => object).join(', ')}, even with all pods healthy`;
    return [
      {
        code: 'BUDGET_NEVER_ALLOWS',
        object: `PodDisruptionBudget/${budget.namespace}/${budget.name}`,
        severity: budgetSeverity(budget, drained, scenario),
        message: `${refused}; ${endOfRefusals(drained, scenario)}`,
        hint: isOverSometime ? WAIT_FOR_THEM : ALLOW_ONE,
      },
    ];
  });
};

const ALLOW_ONE = 'add a replica, or use maxUnavailable: 1 (for minAvailable leave at least one pod less than there are)';
const WAIT_FOR_THEM = 'roll when they are done, or let the drain wait for longer than they run (roll.drain.timeout)';
