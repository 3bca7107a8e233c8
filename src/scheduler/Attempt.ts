import type { Pod } from '../cluster/Pod.ts';
import type { Instant } from '../units.ts';
import type { BoundDecision, Decision } from './Decision.ts';

/** One try to find a node for one pod. */
export interface Attempt<Made extends Decision = Decision> {
  readonly at: Instant;
  readonly pod: Pod;
  /** 1 for the first attempt of this pod. */
  readonly number: number;
  readonly decision: Made;
  /** The event that woke the pod, in the words of the scheduler's log: `UnschedulablePodAdd`, `AssignedPodDelete`, `NodeUpdateNodeTaint` … */
  readonly wokenBy: string;
}

/** An attempt that leaves its pod without a node, even if preemption won one. */
export type FailedAttempt = Attempt<Exclude<Decision, BoundDecision>>;

/** Whether `attempt` has left its pod without a node. */
export function hasFailed(attempt: Attempt): attempt is FailedAttempt {
  return attempt.decision.kind !== 'bound';
}
