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
 * timestamp and whoever runs it removes it. A second request may only shorten the grace period.
 * @see kubernetes/kubernetes pkg/registry/core/pod/strategy.go (CheckGracefulDelete), kubernetes/apiserver pkg/registry/rest/delete.go
 */
export function deletePod(cluster: Cluster, pod: Pod, request: DeleteRequest): void {
  const granted = grantedGrace(pod, request.gracePeriodSeconds);
  if (granted === 0) cluster.removePod(pod);
  else if (!pod.termination || granted < pod.termination.gracePeriodSeconds) {
    cluster.terminatePod(pod, termination(pod, granted, request));
  }
}

function grantedGrace(pod: Pod, asked: number | undefined): number {
  if (pod.nodeName === undefined || pod.isFinished) return 0;
  const grace = asked ?? pod.termination?.gracePeriodSeconds ?? pod.podClass.gracePeriodSeconds;
  return grace < 0 ? 1 : grace;
}

/** A shortened period counts from the first request; one that is over already ends now and is stored as one second. */
function termination(pod: Pod, gracePeriodSeconds: number, { now, cause }: DeleteRequest): Termination {
  const requestedAt = pod.termination?.requestedAt ?? now;
  const isOver = after(requestedAt, seconds(gracePeriodSeconds)) < now;
  if (isOver) return { requestedAt: instant(now - 1000), gracePeriodSeconds: 1, cause };
  return { requestedAt, gracePeriodSeconds, cause };
}
