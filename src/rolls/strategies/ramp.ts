import { nextBatch } from '../nextBatch.ts';
import type { RollStrategy } from '../RollStrategy.ts';

/** Batches that grow: each is `factor` times as large as the one before, up to `cap` and `maxUnavailable`. */
export const ramp: RollStrategy = { name: 'ramp', nextStep: nextBatch };
