import { between, type Duration, type Instant, ZERO } from '../units.ts';
import type { BudgetRefusals } from './NodeReset.ts';

/** One budget as a drain met it. */
interface Count {
  readonly budget: string;
  refusals: number;
  blocked: Duration;
  /** How many pods wait for it now. */
  waiting: number;
}

/** Counts what happens to the pods of one drain, and how long it waits for nothing but budgets. */
export class DrainLedger {
  evictions = 0;
  refusals = 0;
  private readonly budgets = new Map<string, Count>();
  /** What each pod that waits for a budget waits for. */
  private readonly parked = new Map<string, Count>();
  private leaving = 0;
  private blockedSince: Instant | undefined;
  private totalBlocked = ZERO;

  /** `pod` was refused by `budget` so many more `times` and waits for it. */
  refused(pod: string, budget: string, { times, now }: { readonly times: number; readonly now: Instant }): void {
    const count = this.countOf(budget);
    this.refusals += times;
    count.refusals += times;
    if (this.parked.get(pod) === count) return;
    this.settle(now);
    this.unpark(pod);
    count.waiting += 1;
    this.parked.set(pod, count);
    this.look(now);
  }

  /** `pod` no longer waits for a budget. */
  unparked(pod: string, now: Instant): void {
    this.settle(now);
    this.unpark(pod);
    this.look(now);
  }

  /** `pod` was evicted and is on its way out. */
  evicted(pod: string, now: Instant): void {
    this.evictions += 1;
    this.settle(now);
    this.unpark(pod);
    this.leaving += 1;
    this.look(now);
  }

  /** A pod that was on its way out is gone. */
  gone(now: Instant): void {
    this.settle(now);
    this.leaving -= 1;
    this.look(now);
  }

  /** Ends the count and gives the totals. */
  close(now: Instant): { readonly blocked: Duration; readonly refusedBy: readonly BudgetRefusals[] } {
    this.settle(now);
    const refusedBy = [...this.budgets.values()].map(({ budget, refusals, blocked }) => ({ budget, refusals, blocked }));
    return { blocked: this.totalBlocked, refusedBy };
  }

  private countOf(budget: string): Count {
    const known = this.budgets.get(budget);
    if (known) return known;
    const count = { budget, refusals: 0, blocked: ZERO, waiting: 0 };
    this.budgets.set(budget, count);
    return count;
  }

  private unpark(pod: string): void {
    const count = this.parked.get(pod);
    if (!count) return;
    count.waiting -= 1;
    this.parked.delete(pod);
  }

  private look(now: Instant): void {
    this.blockedSince = this.leaving === 0 && this.parked.size > 0 ? now : undefined;
  }

  private settle(now: Instant): void {
    if (this.blockedSince === undefined) return;
    const time = between(this.blockedSince, now);
    this.blockedSince = undefined;
    if (time === ZERO) return;
    this.totalBlocked = (this.totalBlocked + time) as Duration;
    for (const count of this.budgets.values()) if (count.waiting > 0) count.blocked = (count.blocked + time) as Duration;
  }
}
