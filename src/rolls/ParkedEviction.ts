import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { ArmedWait, Clock, Sleeper, Wait } from '../sim/Process.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { type Duration, type Instant, instant } from '../units.ts';
import type { Parked, TurnOfNow } from './BudgetLot.ts';
import type { Drain } from './Drain.ts';
import type { Refused } from './DrainLedger.ts';
import type { DrainListener } from './DrainListeners.ts';
import type { PodFollower } from './PodWatch.ts';

/** Who refused a pod, and how often it had been refused before. */
export interface EvictionRefusal {
  readonly budget: DisruptionBudget;
  readonly refusals: number;
}

/**
 * Sleeps after a refusal until the first tick at which asking could help: after its budget or the pod itself has changed, or its time is
 * over. Ends at once when the drain ends. Ticks are `retry` apart, counted from the refusal.
 */
export class ParkedEviction implements Wait, ArmedWait, Sleeper, Parked, PodFollower, DrainListener, Refused {
  readonly passes: Parked['passes'];
  readonly budget: DisruptionBudget;
  /** How often it was refused before; when the wait is over, how often by then. */
  refusals: number;
  readonly refusedAt: Instant;
  waitsFor: Refused['waitsFor'] = undefined;
  entity = '';
  ordinal = 0;
  lot: Parked['lot'] = undefined;
  earlier: DrainListener | undefined = undefined;
  later: DrainListener | undefined = undefined;
  isAsleep = true;
  isInTurn = false;
  readonly drain: Drain;
  readonly pod: Pod;
  private readonly sim: Simulation;
  private sleeper: Sleeper | undefined = undefined;
  private event: EventId = NO_EVENT;
  private timeIsOver: EventId = NO_EVENT;
  /** The next tick as last calculated; valid until it has come. */
  private tick: Instant;

  constructor(drain: Drain, pod: Pod, { budget, refusals }: EvictionRefusal) {
    this.passes = pod.ready ? 'whenOpen' : 'onAnyChange';
    this.budget = budget;
    this.refusals = refusals;
    this.sim = drain.context.sim;
    this.drain = drain;
    this.pod = pod;
    this.refusedAt = this.sim.now;
    this.tick = this.refusedAt;
  }

  /** Takes note that the pod has been refused once more and waits for its budget. */
  noteRefusal(): void {
    this.drain.ledger.refused(this, this.budget.key, 1, this.refusedAt);
  }

  /** Ends the wait, and counts the refusals that asking at every tick up to now would have met. */
  noteEnd(): void {
    const { drain, refusedAt, refusals } = this;
    const missed = drain.asksSince(refusedAt, refusals);
    drain.ledger.refusedAgain(this, missed);
    drain.ledger.unparked(this, this.sim.now);
    this.refusals += 1 + missed;
  }

  get asksFreely(): boolean {
    return this.drain.asksFreely;
  }

  get pause(): Duration | undefined {
    return this.drain.pause;
  }

  get asksNow(): boolean {
    return this.isInTurn && this.tick === this.sim.now;
  }

  arm(_clock: Clock, sleeper: Sleeper): ArmedWait {
    this.sleeper = sleeper;
    this.entity = sleeper.entity;
    this.ordinal = sleeper.ordinal;
    this.begin();
    return this;
  }

  /** A tick at which the time is over counts itself. */
  nextTick(turn: TurnOfNow): Instant {
    const { now } = this.sim;
    if (this.tick > now) return this.tick;
    const earliest = turn === 'toCome' || this.drain.isOutOfTime ? now : instant(now + 1);
    if (this.tick < earliest) this.tick = this.drain.nextAsk(this.refusedAt, this.refusals, earliest);
    return this.tick;
  }

  wakeInTurn(): void {
    this.goOnAt(this.tick);
  }

  wake(): void {
    if (this.isAsleep) this.goOnAt(this.nextTick('over'));
  }

  onPodChange(): void {
    this.wake();
  }

  onDrainEnd(): void {
    this.standDown();
    this.sim.callOff(this.event);
    this.goOnAt(this.sim.now);
  }

  /** The wait is over: continues with whatever comes next, up to the next wait. */
  resume(): void {
    this.event = NO_EVENT;
    this.disarm();
    this.goOn();
    this.standDown();
  }

  disarm(): void {
    const { context, listeners } = this.drain;
    const { watch } = context;
    this.sim.callOff(this.event);
    this.sim.callOff(this.timeIsOver);
    listeners.remove(this);
    watch.pods.unfollow(this.pod, this);
    watch.lots.remove(this);
  }

  protected begin(): void {
    const { plan, deadline, context, listeners } = this.drain;
    listeners.add(this);
    if (this.pod.exists) context.watch.pods.follow(this.pod, this);
    context.watch.lots.add(this);
    const { entity, ordinal } = this;
    const endsItself = plan.givesUp === 'podByPod' && Number.isFinite(deadline) && deadline > this.sim.now;
    if (endsItself) this.timeIsOver = this.sim.wake({ entity, ordinal, resume: () => this.wake() }, deadline, 'foreground');
  }

  protected goOn(): void {
    this.sleeper?.resume();
  }

  private goOnAt(at: Instant): void {
    this.isAsleep = false;
    this.event = this.sim.wake(this, at, 'foreground');
  }

  /** Its turn is over: those after it may go on. */
  private standDown(): void {
    if (this.isInTurn) this.drain.context.watch.lots.asked(this);
  }
}
