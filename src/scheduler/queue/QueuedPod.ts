import type { Pod } from '../../cluster/Pod.ts';
import type { Instant } from '../../units.ts';
import { START } from '../../units.ts';

/** Where a pod waits; `nowhere`: it was taken out, to be scheduled or for good. */
export type WaitingPlace = 'active' | 'backoff' | 'errorBackoff' | 'unschedulable' | 'gated' | 'nowhere';

const NOBODY: ReadonlySet<string> = new Set();

/**
 * A pod that waits to be scheduled, and what the queue remembers of its earlier attempts.
 * @see kubernetes/kubernetes staging/src/k8s.io/kube-scheduler/framework/types.go (QueuedPodInfo)
 */
export class QueuedPod {
  pod: Pod;
  place: WaitingPlace = 'nowhere';
  /** Of its pod: here, because it is compared again and again. */
  priority: number;
  /** When it was added or last came back from a failed attempt. */
  since: Instant = START;
  /** Orders pods of one instant: counts up with every entry and every return. */
  sequence = 0;
  /** How often it was popped; never reset. */
  attempts = 0;
  /** When its back-off is over, on whole seconds; 0 without one. */
  backoffEnd: Instant = START;
  /** The event that put it where it is, in the words of the scheduler's log. */
  wokenBy = '';
  /** How many changes the cluster had seen at the last attempt. */
  changesSeen = 0;
  /** Why the last attempt failed. */
  message: string | undefined = undefined;
  /** Attempts that a plugin refused. */
  rejections = 0;
  /** Attempts since the last refusal that failed without any plugin refusing. */
  consecutiveErrors = 0;
  /** Plugins that refused it in the last attempt. */
  rejectedBy: ReadonlySet<string> = NOBODY;

  constructor(pod: Pod, priority = pod.spec.priority) {
    this.pod = pod;
    this.priority = priority;
  }

  /** Resets it for another pod that is about to enter the queue, which sets the rest. */
  becomeOf(pod: Pod, priority: number): void {
    this.pod = pod;
    this.priority = priority;
    this.attempts = 0;
    this.changesSeen = 0;
    this.message = undefined;
    this.rejections = 0;
    this.consecutiveErrors = 0;
    this.rejectedBy = NOBODY;
  }
}

/** Order of the active queue: priority, highest first, then waiting time, then arrival. @see pkg/scheduler/framework/plugins/queuesort */
export function compareActive(a: QueuedPod, b: QueuedPod): number {
  return b.priority - a.priority || a.since - b.since || a.sequence - b.sequence;
}

/** Order of the back-off queue: end of the back-off, then the order of the active queue. */
export function compareBackoff(a: QueuedPod, b: QueuedPod): number {
  return a.backoffEnd - b.backoffEnd || compareActive(a, b);
}
