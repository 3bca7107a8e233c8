import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import type { Sleeper } from '../sim/Process.ts';
import type { Drain } from './Drain.ts';
import type { Refused } from './DrainLedger.ts';
import type { ParkedEviction } from './ParkedEviction.ts';
import { ask, mayAsk, park, unpark } from './untilEvicted.ts';

/** Whoever wants pods gone. */
export interface Evictor {
  readonly drain: Drain;
  /** The name of its turns. */
  readonly entity: string;
  /** `retried` has asked once more for its pod, or may not ask any more: then there is no answer. */
  onAnswer(retried: RetriedEviction, answer: EvictionResponse | undefined): void;
}

/**
 * A pod that was refused by its budget in a drain that asks freely, and asks again whenever it has waited: what `untilEvicted` does, without a
 * process for each of very many pods.
 */
export class RetriedEviction implements Sleeper, Refused {
  readonly entity: string;
  readonly ordinal: number;
  readonly pod: Pod;
  /** How often it would have been refused by now if it had asked at every tick. */
  refusals = 0;
  waitsFor: Refused['waitsFor'] = undefined;
  private readonly evictor: Evictor;
  private parked: ParkedEviction | undefined = undefined;

  /** `ordinal` gives its turn among the pods of `evictor`. */
  constructor(evictor: Evictor, pod: Pod, ordinal: number) {
    this.evictor = evictor;
    this.entity = evictor.entity;
    this.ordinal = ordinal;
    this.pod = pod;
  }

  /** Waits for what has just refused it. */
  park(budget: DisruptionBudget): void {
    const { drain } = this.evictor;
    this.parked = park(drain, this.pod, this, { budget, refusals: this.refusals });
    this.parked.arm(drain.context.sim, this);
  }

  /** The wait is over: it asks again. */
  resume(): void {
    const { parked, pod } = this;
    const { drain } = this.evictor;
    if (parked) this.refusals += 1 + unpark(drain, this, parked);
    this.evictor.onAnswer(this, mayAsk(drain, pod) ? ask(drain, pod) : undefined);
  }
}
