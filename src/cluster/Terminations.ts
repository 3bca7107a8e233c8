import type { Instant } from '../units.ts';
import type { Termination } from './Pod.ts';

/** Makes terminations. Successive ones that are alike share one object, because a drain deletes many pods in one instant. */
export class Terminations {
  private last: Termination | undefined = undefined;

  of(requestedAt: Instant, gracePeriodSeconds: number, cause: Termination['cause']): Termination {
    const { last } = this;
    const isAlike = last?.requestedAt === requestedAt && last.gracePeriodSeconds === gracePeriodSeconds && last.cause === cause;
    if (isAlike) return last;
    this.last = { requestedAt, gracePeriodSeconds, cause };
    return this.last;
  }
}
