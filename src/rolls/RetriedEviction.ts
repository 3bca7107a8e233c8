import type { Pod } from '../cluster/Pod.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { askEviction, mayAsk } from './askEviction.ts';
import type { Drain } from './Drain.ts';
import { type EvictionRefusal, ParkedEviction } from './ParkedEviction.ts';

/** Gets the answers to retried evictions. */
export interface Evictor {
  readonly drain: Drain;
  /** The name of its turns. */
  readonly entity: string;
  /** The pod of `retried` was asked for once more; without an answer it may not be asked for any more. */
  onAnswer(retried: RetriedEviction, answer: EvictionResponse | undefined): void;
}

/**
 * The wait of a pod whose budget refused it, in a drain that asks freely. Afterwards it asks again. It does what `untilEvicted` does,
 * without the cost of a process for each of very many pods.
 */
export class RetriedEviction extends ParkedEviction {
  private readonly evictor: Evictor;

  /** `ordinal` gives its turn among the pods of `evictor`. */
  constructor(evictor: Evictor, pod: Pod, ordinal: number, refusal: EvictionRefusal) {
    super(evictor.drain, pod, refusal);
    this.evictor = evictor;
    this.entity = evictor.entity;
    this.ordinal = ordinal;
  }

  /** Begins to wait. */
  wait(): void {
    this.noteRefusal();
    this.begin();
  }

  protected override goOn(): void {
    const { evictor, drain, pod } = this;
    this.noteEnd();
    evictor.onAnswer(this, mayAsk(drain, pod) ? askEviction(drain, pod) : undefined);
  }
}
