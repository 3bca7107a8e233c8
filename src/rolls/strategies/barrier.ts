import { finishing, type RollStrategy } from '../RollStrategy.ts';

/** Batches: the next nodes start together when every node of the batch before is finished. */
export const barrier: RollStrategy = {
  name: 'barrier',
  nextStep(progress, { maxUnavailable }) {
    if (progress.waiting.length === 0) return finishing(progress);
    if (progress.resetting.length > 0) return { kind: 'wait' };
    return { kind: 'reset', nodes: progress.waiting.slice(0, maxUnavailable) };
  },
};
