import type { Pod } from '../cluster/Pod.ts';

/** Why the scheduler leaves a pod without a node alone, in a few words. */
export function untriedBecause({ spec: { schedulingGates, schedulerName } }: Pod): string {
  if (schedulingGates.length > 0) return `it is waiting for its scheduling gates: ${schedulingGates.join(', ')}`;
  return schedulerName === 'default-scheduler'
    ? 'it was not tried'
    : `the scheduler ${schedulerName} is to place it, which is not modelled`;
}
