import type { ChangeKind } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { EVICTED, type EvictionResponse } from '../controllers/evictionResponse.ts';
import { firstOf, type Process, Signal, type Sleeper } from '../sim/Process.ts';
import { ZERO } from '../units.ts';
import { exhaustedBudget, firstAnswer, mayAsk } from './askEviction.ts';
import type { Drain } from './Drain.ts';
import type { DrainListener } from './DrainListeners.ts';
import type { PodFollower } from './PodWatch.ts';
import { type Evictor, RetriedEviction } from './RetriedEviction.ts';
import { type Asked, untilEvicted } from './untilEvicted.ts';
import { untilGone } from './untilGone.ts';

/**
 * Pods that a drain removes at the same time, each in a turn of its own.
 *
 * Most pods are evicted at the first request and simply watched until they are gone: the wave only counts them, and only the last one to go
 * takes a turn. A pod whose budget is exhausted becomes a {@link RetriedEviction} and asks again in turns of its own. For anything more
 * complicated a process is started. Both carry the name of the wave and the pod's place in it, which decide their order in an instant.
 */
export class Wave implements Sleeper, PodFollower, DrainListener, Evictor {
  readonly drain: Drain;
  readonly entity: string;
  /** Whose turn is next. */
  ordinal = 0;
  /** Fires when the last pod is gone or given up. */
  readonly over = new Signal();
  earlier: DrainListener | undefined = undefined;
  later: DrainListener | undefined = undefined;
  private readonly pods: readonly Pod[];
  /** How many are neither gone nor given up. */
  private left: number;
  /** How many of these are terminating and watched by the wave alone. */
  private leaving = 0;
  /** How many are neither evicted nor given up. */
  private toEvict: number;
  private readonly allEvicted = new Signal();

  constructor(drain: Drain, pods: readonly Pod[], entity: string) {
    this.drain = drain;
    this.pods = pods;
    this.entity = entity;
    this.left = pods.length;
    this.toEvict = pods.length;
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** Takes the turns of all pods in this instant, after every process that starts in it has been started. */
  begin(): void {
    this.drain.listeners.add(this);
    if (!this.isOver) this.wake();
  }

  /** One turn after the other, as long as nothing else is to happen before. */
  resume(): void {
    const { pods, drain } = this;
    if (this.isOver) this.over.fire();
    while (this.ordinal < pods.length) {
      const pod = pods[this.ordinal];
      if (pod) this.takeTurn(pod);
      this.ordinal += 1;
      if (this.ordinal === pods.length || drain.context.sim.comesNext(this)) continue;
      this.wake();
      break;
    }
  }

  onPodChange(_pod: Pod, kind: ChangeKind): void {
    if (kind !== 'podRemoved' || this.drain.isOver) return;
    this.leaving -= 1;
    this.drain.ledger.gone(this.drain.context.sim.now);
    this.left -= 1;
    if (this.isOver) this.wake();
  }

  /** Nobody sees the rest go. */
  onDrainEnd(): void {
    if (this.leaving === 0) return;
    for (let pod = 0; pod < this.leaving; pod += 1) this.drain.ledger.gone(this.drain.context.sim.now);
    this.left -= this.leaving;
    this.leaving = 0;
    if (this.isOver) this.wake();
  }

  onAnswer(retried: RetriedEviction, answer: EvictionResponse | undefined): void {
    if (answer) this.goOn(retried.pod, answer, retried);
    else this.giveUp();
  }

  private wake(): void {
    const { sim } = this.drain.context;
    sim.wake(this, sim.now, 'foreground');
  }

  private takeTurn(pod: Pod): void {
    const { drain } = this;
    if (drain.plan.mode === 'delete' && pod.exists) this.delete(pod);
    else if (!mayAsk(drain, pod)) this.giveUp();
    else this.goOn(pod, firstAnswer(drain, pod));
  }

  private delete(pod: Pod): void {
    this.drain.deleteUnasked(pod);
    this.goOn(pod, EVICTED);
  }

  /** Handles the answer for `pod`; undefined: it has not been asked for yet. `retried` is its eviction if that was refused before. */
  private goOn(pod: Pod, answer: EvictionResponse | undefined, retried?: RetriedEviction): void {
    const { plan, context, asksFreely } = this.drain;
    if (answer?.code === EVICTED.code && plan.poll === ZERO) {
      this.watchLeaving(pod);
      return;
    }
    const ordinal = retried?.ordinal ?? this.ordinal;
    const exhausted = asksFreely && answer ? exhaustedBudget(answer) : undefined;
    const refusals = retried?.refusals ?? 0;
    if (exhausted) new RetriedEviction(this, pod, ordinal, { budget: exhausted, refusals }).wait();
    else context.sim.start(this.entity, this.removal(pod, { answer, refusals }), ordinal);
  }

  /**
   * Removes `pod` when that takes more than one answer, or when it has not been asked for yet. Up to 1.34 kubectl waits for the pod it
   * listed, even if the pod that it evicted in the end was another one of that name.
   */
  private *removal(pod: Pod, asked: Asked): Process<void> {
    const { ledger, plan, context } = this.drain;
    const evicted = asked.answer?.code === EVICTED.code ? pod : yield* untilEvicted(this.drain, pod, asked);
    if (evicted && plan.poll === ZERO) {
      this.watchLeaving(evicted);
      return;
    }
    this.oneLessToEvict();
    if (evicted) {
      ledger.evicted(context.sim.now);
      if (plan.exitTimeout !== undefined) yield* this.untilAllEvicted();
      yield* untilGone(this.drain, context.version >= '1.35' ? evicted : pod);
      ledger.gone(context.sim.now);
    }
    this.oneLess();
  }

  private watchLeaving(pod: Pod): void {
    const { ledger, context, isOver } = this.drain;
    this.oneLessToEvict();
    ledger.evicted(context.sim.now);
    if (pod.exists && !isOver) {
      this.leaving += 1;
      context.watch.pods.follow(pod, this);
    } else {
      ledger.gone(context.sim.now);
      this.oneLess();
    }
  }

  private *untilAllEvicted(): Process<void> {
    while (this.toEvict > 0 && !this.drain.isOver) yield firstOf(this.allEvicted, this.drain.over);
  }

  private oneLessToEvict(): void {
    this.toEvict -= 1;
    if (this.toEvict > 0) return;
    this.drain.beginExits();
    this.allEvicted.fire();
  }

  /** A pod stays without having been asked for once more. */
  private giveUp(): void {
    this.oneLessToEvict();
    this.oneLess();
  }

  /** A pod is done with in a turn of its own. */
  private oneLess(): void {
    this.left -= 1;
    if (this.isOver) this.over.fire();
  }
}
