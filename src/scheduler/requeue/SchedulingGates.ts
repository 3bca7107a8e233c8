import type { RequeueHints } from './RequeueHints.ts';

/** Waits for its last gate to go. @see pkg/scheduler/framework/plugins/schedulinggates */
export const SchedulingGates: RequeueHints = {
  UnschedulablePodUpdatePodSchedulingGatesEliminated: ({ pod }, waiting) => pod === waiting,
};
