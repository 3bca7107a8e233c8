import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import { between, type Instant, instant } from '../units.ts';
import type { BudgetLot, Parked } from './BudgetLots.ts';
import type { Drain } from './Drain.ts';
import { PodSleep } from './PodSleep.ts';
import { attemptsBefore, untilAttempt } from './retryTimes.ts';

/** Who refused a pod, and how often it had been refused before. */
interface RefusedEviction {
  readonly budget: string;
  readonly refusals: number;
}

/**
 * Sleeps from a refusal to the first tick after something changed that could let the pod pass (its budget, the pod itself) or after its time
 * is over. Ticks are `retry` apart, counted from the refusal.
 */
export class ParkedEviction extends PodSleep implements Parked {
  readonly passes: Parked['passes'];
  readonly budget: string;
  readonly refusals: number;
  readonly refusedAt: Instant;
  private readonly lot: BudgetLot;
  private timeIsOver: EventId = NO_EVENT;
  private isInTurn = false;
  /** The next tick as last worked out: good until it has come. */
  private tick: Instant;

  constructor(drain: Drain, pod: Pod, { budget, refusals }: RefusedEviction) {
    super(drain, pod);
    this.passes = pod.ready ? 'whenOpen' : 'onAnyChange';
    this.budget = budget;
    this.refusals = refusals;
    this.lot = drain.context.watch.lots.of(budget);
    this.refusedAt = drain.context.sim.now;
    this.tick = this.refusedAt;
  }

  /** A tick at which the time is over counts itself. */
  get nextTick(): Instant {
    const { now } = this.drain.context.sim;
    if (this.tick <= now) this.tick = this.tickAfter(now);
    return this.tick;
  }

  wakeInTurn(): void {
    this.isInTurn = true;
    this.goOnAt(this.nextTick);
  }

  wake(): void {
    if (this.isAsleep) this.goOnAt(this.nextTick);
  }

  onPodChange(): void {
    this.wake();
  }

  override drainEnded(): void {
    this.standDown();
    super.drainEnded();
  }

  private tickAfter(now: Instant): Instant {
    const { plan, isOutOfTime } = this.drain;
    const passed = attemptsBefore(plan, this.refusals, between(this.refusedAt, now) + (isOutOfTime ? 0 : 1));
    return instant(this.refusedAt + untilAttempt(plan, this.refusals, passed + 1));
  }

  protected override begin(): void {
    this.lot.add(this);
    const { plan, deadline, context } = this.drain;
    const endsItself = plan.givesUp === 'podByPod' && Number.isFinite(deadline) && deadline > context.sim.now;
    if (endsItself) this.timeIsOver = context.sim.wake(() => this.wake(), this.entity, deadline, 'foreground');
  }

  protected override leave(): void {
    this.lot.remove(this);
    this.drain.context.sim.callOff(this.timeIsOver);
    super.leave();
  }

  protected override wentOn(): void {
    this.standDown();
  }

  /** Its turn is over: those after it may go on. */
  private standDown(): void {
    if (!this.isInTurn) return;
    this.isInTurn = false;
    const budget = this.drain.context.cluster.budgets.get(this.budget);
    this.lot.asked(budget?.status.disruptionsAllowed === 0 ? 'closed' : 'open');
  }
}
