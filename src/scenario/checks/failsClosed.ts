import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import type { PodGroup } from './PodGroup.ts';

const SCALED = ['Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];
const NEVER_SCALED = ['Job', 'DaemonSet'];

/**
 * Whether the disruption controller cannot count what `budget` expects, so that it allows nothing. It needs the replicas of every owner,
 * which Jobs, DaemonSets and many custom controllers do not have. An integer `minAvailable` needs none.
 */
export function failsClosed(budget: DisruptionBudgetDescription, groups: readonly PodGroup[]): boolean {
  return groups.some((group) => lacksScale(budget, group));
}

/** Whether `group` is the reason why `budget` fails. A custom owner is assumed to have a scale if the budget worked when it was dumped. */
export function lacksScale({ maxUnavailable, minAvailable, status }: DisruptionBudgetDescription, { kind }: PodGroup): boolean {
  const needsScale = maxUnavailable !== undefined || typeof minAvailable === 'string';
  if (!needsScale || SCALED.includes(kind)) return false;
  const worked = status !== undefined && status.expectedPods > 0 && status.condition?.reason !== 'SyncFailed';
  return NEVER_SCALED.includes(kind) || !worked;
}
