import type { Pacing } from './RollPlan.ts';
import type { PacedPlan } from './RollStrategy.ts';

/**
 * How many nodes batch `ordinal` (0 first) may have. A ramp grows from batch to batch, and begins anew after a pause; batch `resumed` came after
 * one that maintenance windows made.
 * @see Alibaba Cloud ACK documentation, "Upgrade an ACK cluster": 1, 2, 4, 8 and so on, from 1 again after a pause
 */
export function batchSize({ pacing, maxUnavailable }: PacedPlan, ordinal: number, resumed = 0): number {
  const { kind, first = 1, factor = 1, cap = maxUnavailable } = pacing;
  if (kind !== 'ramp') return maxUnavailable;
  return Math.min(first * factor ** Math.min(sincePause(pacing, ordinal), ordinal - resumed), cap, maxUnavailable);
}

function sincePause({ pause }: Pacing, ordinal: number): number {
  if (pause === 'every') return 0;
  return pause === 'first' && ordinal > 0 ? ordinal - 1 : ordinal;
}
