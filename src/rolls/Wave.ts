import type { ChangeKind } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';
import { deletePod } from '../controllers/deletePod.ts';
import { EVICTED, type EvictionResponse } from '../controllers/evictionResponse.ts';
import { type Process, Signal, type Sleeper } from '../sim/Process.ts';
import { ZERO } from '../units.ts';
import type { PodFollower } from './ClusterWatch.ts';
import type { Drain, DrainListener } from './Drain.ts';
import { graceFor } from './graceFor.ts';
import { firstAnswer, mayAsk, untilEvicted } from './untilEvicted.ts';
import { untilGone } from './untilGone.ts';

/**
 * Pods that a drain takes away at once, each in its turn and each for itself.
 *
 * Most are evicted by the first answer and seen when they go: of those only the number is kept, and nothing happens in a turn of their own
 * but the end of the last one. The others get a process each, which bears the name of the wave and their place in it.
 */
export class Wave implements Sleeper, PodFollower, DrainListener {
  readonly entity: string;
  /** Whose turn is next. */
  ordinal = 0;
  /** Fires when the last pod is gone or given up. */
  readonly over = new Signal();
  private readonly drain: Drain;
  private readonly pods: readonly Pod[];
  /** How many are neither gone nor given up. */
  private left: number;
  /** How many of these are on their way out with nobody but the wave to see them go. */
  private leaving = 0;

  constructor(drain: Drain, pods: readonly Pod[], entity: string) {
    this.drain = drain;
    this.pods = pods;
    this.entity = entity;
    this.left = pods.length;
  }

  get isOver(): boolean {
    return this.left === 0;
  }

  /** Lets all pods have their turns in this instant, when every process that starts in it is there. */
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

  private wake(): void {
    const { sim } = this.drain.context;
    sim.wake(this, sim.now, 'foreground');
  }

  private takeTurn(pod: Pod): void {
    const { drain } = this;
    const isDeleted = drain.plan.mode === 'delete';
    if (isDeleted || mayAsk(drain, pod)) this.remove(pod, isDeleted ? this.delete(pod) : firstAnswer(drain, pod));
    else this.oneLess();
  }

  private delete(pod: Pod): EvictionResponse {
    const { plan, context } = this.drain;
    deletePod(context.cluster, pod, { now: context.sim.now, gracePeriodSeconds: graceFor(plan, pod), cause: 'Delete' });
    return EVICTED;
  }

  private remove(pod: Pod, answer: EvictionResponse | undefined): void {
    const { plan, context } = this.drain;
    if (answer?.code === EVICTED.code && plan.poll === ZERO) this.watchLeaving(pod);
    else context.sim.start(this.entity, this.removal(pod, answer), this.ordinal);
  }

  /** Takes `pod` away when the first answer is not all; undefined: it has not been asked for. */
  private *removal(pod: Pod, answer: EvictionResponse | undefined): Process<void> {
    const { ledger, plan, context } = this.drain;
    const isEvicted = answer?.code === EVICTED.code || (yield* untilEvicted(this.drain, pod, answer));
    if (isEvicted && plan.poll === ZERO) {
      this.watchLeaving(pod);
      return;
    }
    if (isEvicted) {
      ledger.evicted(context.sim.now);
      yield* untilGone(this.drain, pod);
      ledger.gone(context.sim.now);
    }
    this.oneLess();
  }

  private watchLeaving(pod: Pod): void {
    const { ledger, context, isOver } = this.drain;
    ledger.evicted(context.sim.now);
    if (pod.exists && !isOver) {
      this.leaving += 1;
      context.watch.follow(pod, this);
    } else {
      ledger.gone(context.sim.now);
      this.oneLess();
    }
  }

  /** A pod is done with in a turn of its own. */
  private oneLess(): void {
    this.left -= 1;
    if (this.isOver) this.over.fire();
  }
}
