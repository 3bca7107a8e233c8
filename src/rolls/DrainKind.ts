import type { DrainPlan } from './RollPlan.ts';

/** A way to empty nodes as data: who is evicted, in which order, how often it is tried, how long, and what then. */
export interface DrainKind {
  readonly name: string;
  /** One line for the list of kinds. */
  readonly describes: string;
  readonly plan: DrainPlan;
}
