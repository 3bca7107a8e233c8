import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod, Termination } from '../cluster/Pod.ts';
import { after, type Instant, instant, seconds } from '../units.ts';

/** A deletion as a client asks for it. */
export interface DeleteRequest {
  readonly now: Instant;
  /** undefined: what the pod's spec says, or no change for a pod that is terminating already; 0: at once. */
  readonly gracePeriodSeconds?: number | undefined;
  readonly cause: Termination['cause'];
}

/**
 * Deletes `pod` as the API server does, without asking any disruption budget.
 *
 * A pod that was never bound or has finished, or a grace period of 0, makes the object vanish at once; otherwise it gets its deletion
 * timestamp and whoever runs it removes it. A second request may only shorten the grace period, and replaces the cause unless it is a
 * plain deletion.
 * @see kubernetes/kubernetes pkg/registry/core/pod/strategy.go (CheckGracefulDelete), kubernetes/apiserver pkg/registry/rest/delete.go;
 * pkg/registry/core/pod/storage/eviction.go, pkg/controller/tainteviction/taint_eviction.go (addConditionAndDeletePod)
 */
export function deletePod(cluster: Cluster, pod: Pod, request: DeleteRequest): void {
  deleteFor(request.cause, cluster, pod, request);
}

/** As `deletePod`, for a request of another kind, which does not say what it is for. */
export function deleteFor(cause: Termination['cause'], cluster: Cluster, pod: Pod, request: Omit<DeleteRequest, 'cause'>): void {
  const granted = grantedGrace(pod, request.gracePeriodSeconds);
  if (granted === 0) cluster.removePod(pod);
  else if (!pod.termination) cluster.terminatePod(pod, cluster.terminations.of(request.now, granted, cause));
  else cluster.terminatePod(pod, { ...shortened(pod.termination, granted, request.now), cause: laterCause(pod.termination, cause) });
}

/** A disruption writes its reason over the one before; a plain deletion writes no condition and so leaves it. */
function laterCause(before: Termination, cause: Termination['cause']): Termination['cause'] {
  return cause === 'Delete' ? before.cause : cause;
}

function grantedGrace(pod: Pod, asked: number | undefined): number {
  if (pod.nodeName === undefined || pod.isFinished) return 0;
  const grace = asked ?? pod.termination?.gracePeriodSeconds ?? pod.podClass.gracePeriodSeconds;
  return grace < 0 ? 1 : grace;
}

/** A shorter period counts from the first request; one that is over already ends now and is stored as one second. */
function shortened(before: Termination, gracePeriodSeconds: number, now: Instant): Omit<Termination, 'cause'> {
  if (gracePeriodSeconds >= before.gracePeriodSeconds) return before;
  const { requestedAt } = before;
  const isOver = after(requestedAt, seconds(gracePeriodSeconds)) < now;
  return isOver ? { requestedAt: instant(now - 1000), gracePeriodSeconds: 1 } : { requestedAt, gracePeriodSeconds };
}
