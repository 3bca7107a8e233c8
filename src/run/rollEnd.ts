import type { NodeReset } from '../rolls/NodeReset.ts';
import { type Instant, START } from '../units.ts';

/** When the last node of a roll was finished; `START` when there is none. */
export function rollEnd(resets: readonly NodeReset[]): Instant {
  return Math.max(START, ...resets.map(({ endedAt }) => endedAt)) as Instant;
}
