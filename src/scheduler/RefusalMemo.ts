import type { Pod } from '../cluster/Pod.ts';
import type { UnschedulableDecision } from './Decision.ts';
import type { PodKind } from './PodKind.ts';

/**
 * Refusals since the last change of the cluster, by kind of pod. Another pod of the same kind is refused for the same reasons, so many
 * equal pods cost one search for nodes.
 *
 * Only refusals without preemption are kept, of pods that are not nominated and have no ephemeral volumes (whose claims bear the name of
 * the pod).
 */
export class RefusalMemo {
  private readonly refusals = new Map<PodKind, UnschedulableDecision>();

  /** The refusal that a pod like `pod` met. */
  get(pod: Pod, kind: PodKind): UnschedulableDecision | undefined {
    return this.refusals.size > 0 && isOrdinary(pod) ? this.refusals.get(kind) : undefined;
  }

  keep(pod: Pod, kind: PodKind, decision: UnschedulableDecision): void {
    if (isOrdinary(pod) && decision.nominated === undefined) this.refusals.set(kind, decision);
  }

  /** Forgets everything; to be called after every change of the cluster. */
  clear(): void {
    if (this.refusals.size > 0) this.refusals.clear();
  }
}

function isOrdinary(pod: Pod): boolean {
  return pod.nominatedNodeName === undefined && pod.spec.volumes.every(({ source }) => source !== 'ephemeral');
}
