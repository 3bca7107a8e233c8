import { ZERO } from '../units.ts';
import { batchSize } from './batchSize.ts';
import { breakAfter } from './breakAfter.ts';
import { finishing, type PacedPlan, type RollProgress, type RollStep } from './RollStrategy.ts';

/** The next step of a roll in batches: a batch starts when the one before is finished and its break is over. */
export function nextBatch(progress: RollProgress, plan: PacedPlan): RollStep {
  const { waiting, resetting, unavailable, batches, rested, resumed } = progress;
  if (waiting.length === 0) return finishing(progress);
  if (resetting.length > 0) return { kind: 'wait' };
  const time = batches > rested ? breakAfter(plan.pacing, batches - 1) : ZERO;
  if (time > 0) return { kind: 'rest', time };
  const size = Math.min(batchSize(plan, batches, resumed), plan.maxUnavailable - unavailable);
  return size > 0 ? { kind: 'reset', nodes: waiting.slice(0, size) } : { kind: 'wait' };
}
