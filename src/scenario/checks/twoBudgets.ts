import { type Check, consequenceForRest, consequenceOfErrors, isDrained, severityFor } from './Check.ts';
import { endsByItself } from './endsByItself.ts';

/**
 * Pods that two budgets select: the Eviction API answers 500, whatever the budgets would allow.
 * @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go
 */
export const twoBudgets: Check = ({ scenario, groups, selectedBy }) => {
  if (scenario.roll.drain.mode !== 'evict') return [];
  const budgetsByGroup = new Map(groups.map((group) => [group, [] as string[]]));
  for (const budget of scenario.cluster.budgets) {
    for (const group of selectedBy(budget)) budgetsByGroup.get(group)?.push(budget.name);
  }
  return [...budgetsByGroup].flatMap(([group, budgets]) =>
    budgets.length < 2 || !isDrained(group, scenario.roll)
      ? []
      : [
          {
            code: 'TWO_BUDGETS',
            severity: severityFor([group], scenario),
            object: group.object,
            message: `its pods are selected by ${budgets.length} budgets (${budgets.join(', ')}), so every eviction fails; ${endsByItself(group, scenario) ? consequenceForRest(scenario) : consequenceOfErrors(scenario)}`,
            hint: 'leave one budget for each pod: narrow the selectors or delete one',
          },
        ],
  );
};
