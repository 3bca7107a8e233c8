import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { deletePod } from '../controllers/deletePod.ts';
import type { EvictionRequest } from '../controllers/evict.ts';
import { Signal } from '../sim/Process.ts';
import { after, between, type Duration, type Instant, instant, NEVER } from '../units.ts';
import { type Attempts, asksBetween, nextAsk, nextTry } from './attemptTimes.ts';
import { ClientLimiter } from './ClientLimiter.ts';
import { DrainLedger } from './DrainLedger.ts';
import { DrainListeners } from './DrainListeners.ts';
import { graceFor } from './graceFor.ts';
import type { RollContext } from './RollContext.ts';
import type { DrainPlan } from './RollPlan.ts';
import { attemptsBefore, untilAttempt } from './retryTimes.ts';

/** A drain in progress: the state that its processes share. */
export class Drain {
  readonly context: RollContext;
  readonly node: Node;
  readonly plan: DrainPlan;
  readonly ledger = new DrainLedger();
  /** Fires when the drain ends, whether its pods are gone or not. */
  readonly over = new Signal();
  /** Told when the drain ends. */
  readonly listeners = new DrainListeners();
  /** When its time is over; NEVER without a limit. */
  readonly deadline: Instant;
  private exitsUntil: Instant;
  /** The pause between two evictions of a pod, where it is constant and nothing else decides when to ask; otherwise undefined. */
  readonly pause: Duration | undefined;
  /** The client's limits, for evictions and for looking whether pods are gone. */
  readonly turns: { readonly evictions: ClientLimiter; readonly looks: ClientLimiter };
  /** Whether every eviction is answered at once: no client limit and no conflict pause delays it. */
  readonly asksFreely: boolean;
  /** Pods that it has deleted although their budget would not have let them be evicted. */
  readonly deletedAgainstBudget: Pod[] = [];
  private readonly abandoned: string[] = [];
  private readonly attempts: Attempts | undefined;
  private readonly startedAt: Instant;
  private request: EvictionRequest;
  private ended = false;

  constructor(context: RollContext, node: Node, plan: DrainPlan) {
    this.context = context;
    this.node = node;
    this.plan = plan;
    this.deadline = plan.onTimeout === 'retryForever' ? NEVER : after(context.sim.now, plan.timeout);
    this.exitsUntil = plan.exitTimeout === undefined ? this.deadline : NEVER;
    this.attempts = attemptsOf(plan);
    this.startedAt = context.sim.now;
    this.pause = plan.backoff === undefined && plan.givesUp === 'atDeadline' && !this.attempts ? plan.retry : undefined;
    this.asksFreely = plan.client === undefined && plan.conflictPause === 0;
    this.request = { now: context.sim.now, gracePeriodSeconds: plan.gracePeriodSeconds };
    this.turns = { evictions: new ClientLimiter(plan.client), looks: new ClientLimiter(plan.client) };
  }

  /** Why pods were given up, one line each. */
  get failures(): readonly string[] {
    return this.abandoned;
  }

  /** Whether a pod that gives up for itself has to by now. */
  get isOutOfTime(): boolean {
    return this.plan.givesUp === 'podByPod' && this.context.sim.now >= this.deadline;
  }

  /** When pods on their way out must be gone, where each pod is given up for itself. */
  get exitDeadline(): Instant {
    return this.exitsUntil;
  }

  /** No pod is left to evict: their time to go begins, if they have one of their own. After a failure there is no use in waiting. */
  beginExits(): void {
    const { plan, context } = this;
    if (plan.exitTimeout === undefined) return;
    this.exitsUntil = this.abandoned.length > 0 ? context.sim.now : after(context.sim.now, plan.exitTimeout);
  }

  /**
   * Whether an eviction of `pod` now would conflict with another one that has charged the same budget in this instant. If the budget has
   * nothing left, half of the later ones see that in time and are refused without a conflict.
   */
  meetsAnother(pod: Pod): boolean {
    const { sim, cluster } = this.context;
    if (this.plan.conflictPause === 0 || pod.phase === 'Pending' || pod.isFinished || pod.isTerminating) return false;
    const [budget] = cluster.budgetsSelecting(pod);
    if (!budget || ![...budget.status.disruptedPods.values()].includes(sim.now)) return false;
    return budget.status.disruptionsAllowed > 0 || sim.stream('conflict', pod.key).next() < 0.5;
  }

  /** The request to evict `pod` now. All pods with the same grace period share one object within an instant. */
  requestFor(pod: Pod): EvictionRequest {
    const { now } = this.context.sim;
    const gracePeriodSeconds = graceFor(this.plan, pod);
    const isAsBefore = this.request.now === now && this.request.gracePeriodSeconds === gracePeriodSeconds;
    if (!isAsBefore) this.request = { now, gracePeriodSeconds };
    return this.request;
  }

  /** When a pod is asked for next, from `earliest` on, that was refused at `refusedAt` after so many other `refusals`. */
  nextAsk(refusedAt: Instant, refusals: number, earliest: Instant): Instant {
    const { attempts, startedAt, plan } = this;
    if (attempts) return instant(startedAt + nextAsk(attempts, refusedAt - startedAt, earliest - startedAt));
    return instant(refusedAt + untilAttempt(plan, refusals, attemptsBefore(plan, refusals, between(refusedAt, earliest)) + 1));
  }

  /** How often such a pod would have been asked for since, but not in this instant. */
  asksSince(refusedAt: Instant, refusals: number): number {
    const { attempts, startedAt, plan } = this;
    const { now } = this.context.sim;
    if (attempts) return asksBetween(attempts, refusedAt - startedAt, now - startedAt);
    return attemptsBefore(plan, refusals, between(refusedAt, now));
  }

  /** `at`, or when the drain is tried next if it is not being tried then. */
  nextTry(at: Instant): Instant {
    return this.attempts ? instant(this.startedAt + nextTry(this.attempts, at - this.startedAt)) : at;
  }

  /** Deletes `pod` whatever its budget says, and takes note if that would not have let it be evicted. */
  deleteUnasked(pod: Pod): void {
    const { context, plan, deletedAgainstBudget } = this;
    const { now } = context.sim;
    if (context.watch.deletions.isAgainstBudget(context.cluster, pod, now)) deletedAgainstBudget.push(pod);
    deletePod(context.cluster, pod, { now, gracePeriodSeconds: graceFor(plan, pod), cause: 'Delete' });
  }

  /** Records that a pod stays and will not be tried again. */
  abandon(failure: string): void {
    this.abandoned.push(failure);
  }

  get isOver(): boolean {
    return this.ended;
  }

  /** Ends the drain: everything that still waits in it gives up. */
  end(): void {
    this.ended = true;
    this.over.fire();
    this.listeners.tell();
  }

  /** Whether the Node object is gone or the run is closing. */
  get isInterrupted(): boolean {
    return this.context.closing.reason !== undefined || this.context.cluster.nodes.get(this.node.name) !== this.node;
  }
}

/** undefined for a drain that goes on without a break. */
function attemptsOf({ onTimeout, timeout, attemptPause, slowAttempts, retry }: DrainPlan): Attempts | undefined {
  const isTriedAgain = onTimeout === 'retryForever' && timeout !== NEVER && attemptPause !== undefined;
  return isTriedAgain ? { timeout, attemptPause, slowAttempts, retry } : undefined;
}
