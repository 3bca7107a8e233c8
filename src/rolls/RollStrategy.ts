import type { Duration } from '../units.ts';
import type { RollPlan } from './RollPlan.ts';

/** Decides which nodes start next; never acts. */
export interface RollStrategy {
  readonly name: string;
  nextStep(progress: RollProgress, plan: PacedPlan): RollStep;
}

/** What of a plan decides how many nodes are away, and when. */
export type PacedPlan = Pick<RollPlan, 'maxUnavailable' | 'pacing'>;

/** Names of nodes, each list in the roll's order. */
export interface RollProgress {
  readonly waiting: readonly string[];
  readonly resetting: readonly string[];
  /** How many other nodes use up places of `maxUnavailable`. */
  readonly unavailable: number;
  /** How many batches have started; with pacing `window` each start is one. */
  readonly batches: number;
  /** After how many of these the roll has rested. */
  readonly rested: number;
  /** How many of these had started when the roll was last resumed by a maintenance window; absent: it was never suspended. */
  readonly resumed?: number;
}

export type RollStep =
  /** Start these, the first of those that wait. */
  | { readonly kind: 'reset'; readonly nodes: readonly string[] }
  /** Ask again when a node is finished. */
  | { readonly kind: 'wait' }
  /** Ask again after this time. */
  | { readonly kind: 'rest'; readonly time: Duration }
  | { readonly kind: 'done' };

/** What every strategy says when no node is left to start. */
export function finishing({ resetting }: RollProgress): RollStep {
  return { kind: resetting.length === 0 ? 'done' : 'wait' };
}
