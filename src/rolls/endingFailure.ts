import { formatCount } from '../units.ts';
import type { RollPlan } from './RollPlan.ts';

/** How many nodes have failed so far: in their drain, or because they did not become Ready in time. */
export interface FailureCounts {
  readonly drain: number;
  readonly return: number;
}

/** Why no further node may start after those that have failed; undefined when the roll goes on. */
export function endingFailure(
  failed: FailureCounts,
  { failure: { then, maxFailed = 0 }, drain: { onTimeout } }: RollPlan,
): string | undefined {
  if (onTimeout === 'failRoll' && failed.drain > 0) return `a node failed and ${ENDINGS.stop}`;
  const count = failed.drain + failed.return;
  if (then === 'continue' || count <= maxFailed) return undefined;
  return maxFailed === 0
    ? `a node failed and ${ENDINGS[then]}`
    : `${formatCount(count)} nodes failed, more than maxFailed ${maxFailed}, and ${ENDINGS[then]}`;
}

const ENDINGS = { stop: 'the plan stops then', pause: 'the roll pauses until somebody sees to it' };
