import type { Pod } from '../cluster/Pod.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { workloadKey } from '../cluster/Workload.ts';
import type { UnschedulableDecision } from './Decision.ts';

/**
 * Refusals since the last change of the cluster, by all that a decision looks at in a pod: another pod of the same template meets the
 * same refusal, so a flood of equal pods costs one search for nodes.
 *
 * Only refusals without preemption are kept, of pods that are not nominated and have no ephemeral volumes (whose claims bear the pod's name).
 */
export class RefusalMemo {
  private readonly refusals = new Map<PodSpec, Map<string, UnschedulableDecision>>();

  /** The refusal that a pod like `pod` met. */
  get(pod: Pod): UnschedulableDecision | undefined {
    return isOrdinary(pod) ? this.refusals.get(pod.spec)?.get(likeness(pod)) : undefined;
  }

  keep(pod: Pod, decision: UnschedulableDecision): void {
    if (!isOrdinary(pod) || decision.nominated !== undefined) return;
    const known = this.refusals.get(pod.spec) ?? new Map<string, UnschedulableDecision>();
    this.refusals.set(pod.spec, known.set(likeness(pod), decision));
  }

  /** Forgets everything; to be called after every change of the cluster. */
  clear(): void {
    if (this.refusals.size > 0) this.refusals.clear();
  }
}

function isOrdinary(pod: Pod): boolean {
  return pod.nominatedNodeName === undefined && pod.spec.volumes.every(({ source }) => source !== 'ephemeral');
}

function likeness({ namespace, owner, labels }: Pod): string {
  const ownerKey = owner ? workloadKey({ kind: owner.kind, namespace, name: owner.name }) : '';
  return JSON.stringify([namespace, ownerKey, labels]);
}
