import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { IntOrPercent, StatefulSet } from '../cluster/Workload.ts';

/** One pod of a StatefulSet as its rolling update sees it. */
export interface Member {
  readonly pod: Pod;
  readonly ordinal: number;
  readonly isCurrent: boolean;
  /** Ready for long enough and not being deleted. */
  readonly isAvailable: boolean;
}

/**
 * The outdated pods that a rolling update of `set` deletes now: the highest ordinal, once all above it are available. From 1.35 on as many
 * as `maxUnavailable` allows, where pods that are unavailable for any reason count too.
 * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set_control.go (updateStatefulSetAfterInvariantEstablished)
 */
export function statefulUpdate(set: StatefulSet, members: readonly Member[], version: KubernetesVersion): readonly Pod[] {
  const { updateStrategy } = set;
  if (updateStrategy?.type === 'OnDelete') return [];
  const outdated = members.filter(({ ordinal, isCurrent }) => !isCurrent && ordinal >= partitionOf(set)).sort(byOrdinal);
  if (outdated.length === 0) return [];
  if (version === '1.35') {
    const unavailable = set.replicas - members.filter((member) => member.isAvailable).length;
    return outdated.slice(0, Math.max(0, allowed(updateStrategy?.maxUnavailable ?? 1, set.replicas) - unavailable)).map(({ pod }) => pod);
  }
  const [highest] = outdated;
  const isBlocked = members.some(({ ordinal, isAvailable }) => highest !== undefined && ordinal > highest.ordinal && !isAvailable);
  return isBlocked || !highest ? [] : [highest.pod];
}

/**
 * The lowest ordinal that a rolling update reaches: a partition counts from the first ordinal.
 * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set_utils.go (newVersionedStatefulSetPod)
 */
export function partitionOf({ firstOrdinal, updateStrategy }: StatefulSet): number {
  return firstOrdinal + (updateStrategy?.type === 'RollingUpdate' ? updateStrategy.partition : 0);
}

function byOrdinal(a: Member, b: Member): number {
  return b.ordinal - a.ordinal;
}

/** Percentages are rounded down, and at least one pod may be unavailable. */
function allowed(maxUnavailable: IntOrPercent, replicas: number): number {
  const share = typeof maxUnavailable === 'number' ? maxUnavailable : Math.floor((Number.parseInt(maxUnavailable, 10) * replicas) / 100);
  return Math.max(1, share);
}
