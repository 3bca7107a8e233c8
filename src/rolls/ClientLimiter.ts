import { type Duration, type Instant, milliseconds, ZERO } from '../units.ts';
import type { ClientLimit } from './RollPlan.ts';

/**
 * The token bucket with which a client slows itself down; requests go in the order in which they take their turns.
 * @see kubernetes/client-go util/flowcontrol/throttle.go, golang.org/x/time/rate
 */
export class ClientLimiter {
  private readonly limit: ClientLimit | undefined;
  private tokens: number;
  private countedAt: Instant | undefined;

  /** Starts with a full bucket; without a limit nothing waits. */
  constructor(limit: ClientLimit | undefined) {
    this.limit = limit;
    this.tokens = limit?.burst ?? 0;
  }

  /** Takes the next turn for a request that is made at `now`, and tells how long it has to wait. */
  take(now: Instant): Duration {
    if (!this.limit) return ZERO;
    const { qps, burst } = this.limit;
    this.tokens = Math.min(burst, this.tokens + ((now - (this.countedAt ?? now)) / 1000) * qps) - 1;
    this.countedAt = now;
    return this.tokens >= 0 ? ZERO : milliseconds((-this.tokens / qps) * 1000);
  }
}
