import { nextBatch } from '../nextBatch.ts';
import type { RollStrategy } from '../RollStrategy.ts';

/** Batches: the next nodes start together when every node of the batch before is finished. */
export const barrier: RollStrategy = { name: 'barrier', nextStep: nextBatch };
