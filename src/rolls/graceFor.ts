import type { Pod } from '../cluster/Pod.ts';
import type { DrainPlan } from './RollPlan.ts';

/** The grace period in seconds that a drain sends for `pod`; undefined: the pod's own counts. */
export function graceFor({ gracePeriodSeconds, longestGraceSeconds }: DrainPlan, { podClass }: Pod): number | undefined {
  if (gracePeriodSeconds !== undefined || longestGraceSeconds === undefined) return gracePeriodSeconds;
  return Math.min(podClass.gracePeriodSeconds, longestGraceSeconds);
}
