import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import type { PodGroup } from './PodGroup.ts';

const SCALED = ['Pod', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

/**
 * Whether the disruption controller cannot count what `budget` expects, so that it allows nothing: it needs the replicas of every owner,
 * which Jobs, DaemonSets and unknown controllers do not tell. An integer `minAvailable` needs none.
 */
export function failsClosed({ maxUnavailable, minAvailable }: DisruptionBudgetDescription, groups: readonly PodGroup[]): boolean {
  const needsScale = maxUnavailable !== undefined || typeof minAvailable === 'string';
  return needsScale && groups.some(isUnscaled);
}

/** Whether the pods of `group` have an owner that tells no number of replicas. */
export function isUnscaled({ kind }: PodGroup): boolean {
  return !SCALED.includes(kind);
}
