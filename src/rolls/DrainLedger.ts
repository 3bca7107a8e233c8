import { between, type Duration, type Instant, ZERO } from '../units.ts';
import type { BudgetRefusals } from './NodeReset.ts';

/** Counts what happens to the pods of one drain, and how long it waits for nothing but budgets. */
export class DrainLedger {
  evictions = 0;
  refusals = 0;
  private readonly budgets = new Map<string, { refusals: number; blocked: Duration }>();
  private readonly parked = new Map<string, string>();
  private leaving = 0;
  private blockedSince: Instant | undefined;
  private totalBlocked = ZERO;

  /** `pod` was refused by `budget` so many more `times` and waits for it. */
  refused(pod: string, budget: string, { times, now }: { readonly times: number; readonly now: Instant }): void {
    this.refusals += times;
    this.countOf(budget).refusals += times;
    this.settle(now);
    this.parked.set(pod, budget);
    this.look(now);
  }

  /** `pod` no longer waits for a budget. */
  unparked(pod: string, now: Instant): void {
    this.settle(now);
    this.parked.delete(pod);
    this.look(now);
  }

  /** `pod` was evicted and is on its way out. */
  evicted(pod: string, now: Instant): void {
    this.evictions += 1;
    this.settle(now);
    this.parked.delete(pod);
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
    const refusedBy = [...this.budgets].map(([budget, { refusals, blocked }]) => ({ budget, refusals, blocked }));
    return { blocked: this.totalBlocked, refusedBy };
  }

  private countOf(budget: string): { refusals: number; blocked: Duration } {
    const known = this.budgets.get(budget);
    if (known) return known;
    const count = { refusals: 0, blocked: ZERO };
    this.budgets.set(budget, count);
    return count;
  }

  private look(now: Instant): void {
    this.blockedSince = this.leaving === 0 && this.parked.size > 0 ? now : undefined;
  }

  private settle(now: Instant): void {
    if (this.blockedSince === undefined) return;
    const time = between(this.blockedSince, now);
    this.blockedSince = undefined;
    this.totalBlocked = (this.totalBlocked + time) as Duration;
    for (const budget of new Set(this.parked.values())) {
      const count = this.budgets.get(budget);
      if (count) count.blocked = (count.blocked + time) as Duration;
    }
  }
}
