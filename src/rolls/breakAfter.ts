import { type Duration, ZERO } from '../units.ts';
import type { Pacing } from './RollPlan.ts';

/**
 * How long the roll rests when batch `ordinal` (0 first) is finished and others wait: the interval, or until somebody resumes it where it
 * pauses.
 * @see Alibaba Cloud ACK API UpgradeClusterNodepool, `rolling_policy` (pause_policy, batch_interval)
 */
export function breakAfter({ interval = ZERO, pause, resumeAfter = ZERO }: Pacing, ordinal: number): Duration {
  return pause === 'every' || (pause === 'first' && ordinal === 0) ? resumeAfter : interval;
}
