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
 * A pod that was never bound or has finished gets no grace period. Without one the object vanishes at once, unless its Job has yet to count
 * it; otherwise it gets its deletion timestamp and the kubelet removes it. A second request may only shorten the grace period, and replaces
 * the cause unless it is a plain deletion.
 * @see kubernetes/kubernetes pkg/registry/core/pod/strategy.go (CheckGracefulDelete), kubernetes/apiserver pkg/registry/rest/delete.go;
 * pkg/registry/core/pod/storage/eviction.go, pkg/controller/tainteviction/taint_eviction.go (addConditionAndDeletePod)
 */
export function deletePod(cluster: Cluster, pod: Pod, request: DeleteRequest): void {
  deleteFor(request.cause, cluster, pod, request);
}

/** As `deletePod`, for a request of another kind, which does not say what it is for. */
export function deleteFor(cause: Termination['cause'], cluster: Cluster, pod: Pod, request: Omit<DeleteRequest, 'cause'>): void {
  const before = pod.termination;
  const granted = before ? laterGrace(before, request.gracePeriodSeconds) : firstGrace(pod, request.gracePeriodSeconds);
  if (granted === 0 && !isTracked(cluster, pod)) cluster.removePod(pod);
  else if (!before) cluster.terminatePod(pod, cluster.terminations.of(request.now, granted, cause));
  else cluster.terminatePod(pod, { ...shortened(before, granted, request.now), cause: cause === 'Delete' ? before.cause : cause });
}

/**
 * Ends the deletion of `pod`, whose containers are gone, as its kubelet does: sets the phase, then deletes it without a grace period. Pods
 * of Jobs fail.
 * @see kubernetes/kubernetes pkg/kubelet/status/status_manager.go (syncPod)
 */
export function endDeletion(cluster: Cluster, pod: Pod, now: Instant): void {
  if (hasJob(cluster, pod) && !pod.isFinished) cluster.setPodPhase(pod, 'Failed');
  if (isTracked(cluster, pod)) deleteFor('Delete', cluster, pod, { now, gracePeriodSeconds: 0 });
  else cluster.removePod(pod);
}

/**
 * Fails `pod` and deletes it at once, as the pod garbage collector does with one that no kubelet will end. Its Job learns the cause with the
 * phase.
 * @see kubernetes/kubernetes pkg/controller/podgc/gc_controller.go (markFailedAndDeletePodWithCondition)
 */
export function collectPod(cluster: Cluster, pod: Pod, now: Instant): void {
  const deletion: DeleteRequest = { now, gracePeriodSeconds: 0, cause: 'DeletionByPodGC' };
  if (isTracked(cluster, pod)) deletePod(cluster, pod, deletion);
  if (!pod.isFinished) cluster.setPodPhase(pod, 'Failed');
  deletePod(cluster, pod, deletion);
}

/** Whether a Job keeps the object of `pod` until it has counted its end. */
function isTracked(cluster: Cluster, pod: Pod): boolean {
  return !pod.isCounted && hasJob(cluster, pod);
}

function hasJob(cluster: Cluster, pod: Pod): boolean {
  return pod.podClass.isOfJob && cluster.ownerOf(pod) !== undefined;
}

function firstGrace(pod: Pod, asked: number | undefined): number {
  if (pod.nodeName === undefined || pod.isFinished) return 0;
  return valid(asked ?? pod.podClass.gracePeriodSeconds);
}

function laterGrace({ gracePeriodSeconds }: Termination, asked: number | undefined): number {
  return asked === undefined ? gracePeriodSeconds : Math.min(gracePeriodSeconds, valid(asked));
}

function valid(gracePeriodSeconds: number): number {
  return gracePeriodSeconds < 0 ? 1 : gracePeriodSeconds;
}

/**
 * A shorter period counts from the first request. If that time has already passed the pod ends now, and one second is stored unless the
 * period is 0.
 */
function shortened(before: Termination, gracePeriodSeconds: number, now: Instant): Omit<Termination, 'cause'> {
  if (gracePeriodSeconds === before.gracePeriodSeconds) return before;
  const { requestedAt } = before;
  if (after(requestedAt, seconds(gracePeriodSeconds)) >= now) return { requestedAt, gracePeriodSeconds };
  const left = Math.min(gracePeriodSeconds, 1);
  return { requestedAt: instant(now - seconds(left)), gracePeriodSeconds: left };
}
