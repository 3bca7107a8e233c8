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

/** A pod that budgets hold up, as the ledger of its drain knows it. */
export interface Refused {
  /** What it waits for now; kept by the ledger. */
  waitsFor: Count | undefined;
}

/** Counts what happens to the pods of one drain, and how long it waits for nothing but budgets. */
export class DrainLedger {
  evictions = 0;
  refusals = 0;
  /** In order of first refusal. */
  private readonly budgets: Count[] = [];
  /** How many pods wait for a budget. */
  private waiting = 0;
  private leaving = 0;
  /** Undefined as long as a pod is on its way out, and while none waits. */
  private blockedSince: Instant | undefined;
  private totalBlocked = ZERO;

  /** `pod` was refused by `budget` so many more `times` and waits for it. */
  refused(pod: Refused, budget: string, times: number, now: Instant): void {
    const count = pod.waitsFor?.budget === budget ? pod.waitsFor : this.countOf(budget);
    this.refusals += times;
    count.refusals += times;
    if (pod.waitsFor === count) return;
    this.settle(now);
    this.unpark(pod);
    count.waiting += 1;
    this.waiting += 1;
    pod.waitsFor = count;
    this.look(now);
  }

  /** `pod` was refused so many more `times` by the budget that it waits for. */
  refusedAgain({ waitsFor }: Refused, times: number): void {
    if (!waitsFor) return;
    this.refusals += times;
    waitsFor.refusals += times;
  }

  /** `pod` no longer waits for a budget. */
  unparked(pod: Refused, now: Instant): void {
    this.settle(now);
    this.unpark(pod);
    this.look(now);
  }

  /** A pod that waits for no budget was evicted and is on its way out. */
  evicted(now: Instant): void {
    this.evictions += 1;
    this.settle(now);
    this.leaving += 1;
  }

  /** A pod that was on its way out is gone. */
  gone(now: Instant): void {
    this.leaving -= 1;
    this.look(now);
  }

  /** Ends the count and gives the totals. */
  close(now: Instant): { readonly blocked: Duration; readonly refusedBy: readonly BudgetRefusals[] } {
    this.settle(now);
    const refusedBy = this.budgets.map(({ budget, refusals, blocked }) => ({ budget, refusals, blocked }));
    return { blocked: this.totalBlocked, refusedBy };
  }

  private countOf(budget: string): Count {
    for (const known of this.budgets) if (known.budget === budget) return known;
    const count: Count = { budget, refusals: 0, blocked: ZERO, waiting: 0 };
    this.budgets.push(count);
    return count;
  }

  private unpark(pod: Refused): void {
    if (!pod.waitsFor) return;
    pod.waitsFor.waiting -= 1;
    this.waiting -= 1;
    pod.waitsFor = undefined;
  }

  private look(now: Instant): void {
    this.blockedSince = this.leaving === 0 && this.waiting > 0 ? now : undefined;
  }

  private settle(now: Instant): void {
    if (this.blockedSince === undefined) return;
    const time = between(this.blockedSince, now);
    this.blockedSince = undefined;
    if (time === ZERO) return;
    this.totalBlocked = (this.totalBlocked + time) as Duration;
    for (const count of this.budgets) if (count.waiting > 0) count.blocked = (count.blocked + time) as Duration;
  }
}
