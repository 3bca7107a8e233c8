import { finishing, type RollStrategy } from '../RollStrategy.ts';

/** Sliding window: a place that becomes free is taken by the next node at once. */
export const window: RollStrategy = {
  name: 'window',
  nextStep(progress, { maxUnavailable }) {
    if (progress.waiting.length === 0) return finishing(progress);
    const free = maxUnavailable - progress.resetting.length - progress.unavailable;
    return free > 0 ? { kind: 'reset', nodes: progress.waiting.slice(0, free) } : { kind: 'wait' };
  },
};
