import type { Instant } from '../units.ts';
import type { Termination } from './Pod.ts';

/** Makes terminations: those that come one after the other and are alike are one object, for a drain deletes many pods in one instant. */
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
