import type { Pod } from '../../cluster/Pod.ts';
import { type Refusal, unresolvable } from '../NodeVerdict.ts';

/**
 * Keeps a pod out of the queue as long as it has a scheduling gate.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go
 */
export const SchedulingGates = {
  name: 'SchedulingGates',
  /** Says why `pod` may not enter the queue, undefined when it may. */
  preEnqueue({ spec }: Pick<Pod, 'spec'>): Refusal | undefined {
    if (spec.schedulingGates.length === 0) return undefined;
    return unresolvable(`waiting for scheduling gates: [${spec.schedulingGates.join(' ')}]`);
  },
} as const;
