import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import type { Duration, Instant } from '../units.ts';

/** What happened to one node of a roll: the row that `resetNode` returns. */
export interface NodeReset {
  readonly node: string;
  /** `replaced`: it has left the cluster as it should, in a roll that makes new nodes; `deleted`: somebody else deleted it. */
  readonly outcome: 'inService' | 'replaced' | 'failed' | 'stuck' | 'skipped' | 'deleted' | 'notStarted';
  /** Why, when the outcome is not `inService`. */
  readonly reason: string | undefined;
  /** Number of the batch, 0 first; with pacing `window` each start is its own. */
  readonly batch: number;
  readonly cordonedAt: Instant | undefined;
  /** When its turn came, if the whole pool had been cordoned before or no node is; undefined: at its cordon, or never. */
  readonly startedAt?: Instant | undefined;
  /** When its machine was asked for, if the roll made it; undefined: it was there before. */
  readonly createdAt?: Instant | undefined;
  readonly drainedAt: Instant | undefined;
  /** When the reset, or the deletion of the machine, began (undefined when the node never got there). */
  readonly resetAt: Instant | undefined;
  /** When the kubelet was Ready again, or for the first time. */
  readonly readyAt: Instant | undefined;
  /** When pods could be scheduled to it again. */
  readonly inServiceAt: Instant | undefined;
  /** When this node was finished: in service (and available, if it is new), gone, failed, or given up when the run ended. */
  readonly endedAt: Instant;
  /** Total time in which the drain waited for nothing but budgets. */
  readonly blocked: Duration;
  /** The budgets that refused, in order of first refusal. */
  readonly refusedBy: readonly BudgetRefusals[];
  readonly evictions: number;
  readonly refusals: number;
  /** Pods that went against their budget: deleted without asking it, or killed when the time of the drain was over. */
  readonly forcedKills: number;
  /** Pods (`namespace/name`) that were killed while terminating, before their grace period was over; undefined: none. */
  readonly cutShort?: readonly string[] | undefined;
  /** Local data that the reset destroyed, or the pods killed by force. */
  readonly lostData: readonly LostData[];
  /** Volumes that stayed attached because the node went away before it reported them as unmounted; undefined: none. */
  readonly unreportedUnmounts?: readonly UnreportedUnmount[] | undefined;
}

/** Data of one pod that is gone for good. */
export interface LostData {
  /** `namespace/name`. */
  readonly pod: string;
  readonly volume: string;
  readonly reason: string;
}

/** How one budget held up one drain. */
export interface BudgetRefusals {
  /** `namespace/name`. */
  readonly budget: string;
  readonly refusals: number;
  /** Time in which the drain waited for this budget and nothing but budgets. */
  readonly blocked: Duration;
}
