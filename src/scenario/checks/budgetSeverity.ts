import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { consequence, consequenceForRest, severityFor } from './Check.ts';
import { endsByItself } from './endsByItself.ts';
import { groupTiming } from './groupTiming.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * How certain it is that a budget which allows nothing holds up the drains of the pods of `drained`. It does not hold up pods that are not
 * Ready if its policy is AlwaysAllow.
 * @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go (Create)
 */
export function budgetSeverity(
  { unhealthyPodEvictionPolicy }: DisruptionBudgetDescription,
  drained: readonly PodGroup[],
  scenario: Scenario,
): Finding['severity'] {
  const staysReady = (group: PodGroup) => group.isReady && groupTiming(group, scenario)?.crashes === undefined;
  return severityFor(unhealthyPodEvictionPolicy === 'AlwaysAllow' ? drained.filter(staysReady) : drained, scenario);
}

/** What becomes of nodes with pods of `drained`, which are refused for good or until they end by themselves. */
export function endOfRefusals(drained: readonly PodGroup[], scenario: Scenario): string {
  return drained.every((group) => endsByItself(group, scenario)) ? consequenceForRest(scenario) : consequence(scenario);
}
