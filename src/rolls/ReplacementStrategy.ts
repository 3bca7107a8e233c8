import type { RollPlan, SurgePlan } from './RollPlan.ts';

/** Decides which machines are made and which nodes go, in a roll that replaces nodes; never acts. */
export interface ReplacementStrategy {
  readonly name: SurgePlan['strategy'];
  nextStep(progress: ReplacementProgress, plan: ReplacementLimits): ReplacementStep;
}

/** What of a plan limits a replacement. */
export type ReplacementLimits = Pick<RollPlan, 'maxUnavailable'> & { readonly surge: SurgePlan };

/** How far a replacement has got. */
export interface ReplacementProgress {
  /** How many nodes there are to be in the end. */
  readonly replicas: number;
  /** The old nodes whose turn has not come, in the order in which they go: those that are not Ready come first. */
  readonly waiting: readonly string[];
  /** How many old nodes are going: from their cordon until their machines are gone; those whose drain has failed stay among them. */
  readonly going: number;
  /** How many machines have been made. */
  readonly made: number;
  /** How many of these are in service, and have been for as long as is asked for. */
  readonly available: number;
}

/** Machines to make and old nodes to let go, the first of those that wait; nothing of either: ask again when something has changed. */
export interface ReplacementStep {
  readonly make: number;
  readonly remove: readonly string[];
}

/** How many of the machines that are wanted the quota allows. */
export function withinQuota(
  wanted: number,
  { waiting, going, made }: ReplacementProgress,
  { quota = Number.POSITIVE_INFINITY }: SurgePlan,
): number {
  return Math.max(0, Math.min(wanted, quota - waiting.length - going - made));
}
