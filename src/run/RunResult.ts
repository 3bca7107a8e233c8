import type { Labels } from '../cluster/LabelSelector.ts';
import type { LostData, NodeReset } from '../rolls/NodeReset.ts';
import type { Finding, Objective } from '../scenario/Scenario.ts';
import type { Duration, Instant } from '../units.ts';
import type { EventColumns } from './EventColumns.ts';
import type { MaintenanceOutcome } from './maintenanceOutcome.ts';

/** What one run (one seed) showed. Plain data in simulation units; reports turn it into seconds. */
export interface RunResult {
  readonly seed: string;
  readonly roll: RollOutcome;
  readonly scheduling: SchedulingOutcome;
  /** Every workload that makes pods, bare pods each as kind `Pod`; in order of kind, namespace, name. */
  readonly workloads: readonly WorkloadOutcome[];
  readonly budgets: readonly BudgetOutcome[];
  /** Least free share of the schedulable nodes, by resource. */
  readonly headroom: Readonly<Record<'cpu' | 'memory' | 'pods', { readonly min: number; readonly at: Instant }>>;
  readonly preemptions: number;
  /** Whether chance chose one of several equal nodes for a pod, before the roll or during it. */
  readonly hasTies: boolean;
  readonly unservedRequests: number;
  /** Whether a workload was short of replicas at the end of the run and would miss requests sooner or later. */
  readonly missesRequestsAtEnd: boolean;
  /** Requests that came while the roll was going on, served or not; 0 without demand. */
  readonly requestsDuringRoll: number;
  readonly objectives: readonly ObjectiveOutcome[];
  readonly findings: readonly Finding[];
  readonly series: RunSeries;
  readonly pods: readonly PodRow[];
  /** What `events.ndjson.gz` has, to be read by `eventRows`. */
  readonly events: EventColumns;
  /** How many events the kernel fired. */
  readonly eventsFired: number;
  /** When the run ended: every reset over and nothing left that can change, or the horizon. */
  readonly endedAt: Instant;
  /** Whether the horizon ended the run while something was still going on, so that what was not over might have ended later. */
  readonly isCutOff: boolean;
}

export interface RollOutcome {
  readonly preset: string;
  readonly pool: string | undefined;
  readonly maxUnavailable: number;
  /** Of a roll that replaces nodes; absent in others. */
  readonly surge?: SurgeOutcome;
  readonly outcome: 'completed' | 'stuck' | 'failed' | 'windowClosed' | 'horizon';
  /** First cordon, or first request for a machine, to the last node back in service (or failed, or gone). */
  readonly duration: Duration;
  readonly batches: readonly { readonly nodes: readonly string[]; readonly start: Instant; readonly end: Instant }[];
  readonly nodes: readonly NodeReset[];
  /** Absent: nodes could start at any time. */
  readonly maintenance?: MaintenanceOutcome;
}

/** How many nodes there were beyond those that are rolled. */
export interface SurgeOutcome {
  /** How many there might be. */
  readonly nodes: number;
  /** The most machines at once, old and new, those that boot or are being deleted included. */
  readonly peakNodes: number;
}

export interface SchedulingOutcome {
  readonly decisions: number;
  /** Decisions since the start for which the fast search had no form, so that the plugins made them. */
  readonly slowDecisions: number;
  readonly failedAttempts: number;
  /** Most pods pending at once during the roll, beyond those that were pending before it. */
  readonly peakPending: number;
  /** The same, including pods that are placed in the instant in which they appear: in a real cluster these wait for milliseconds. */
  readonly mostUnplaced: number;
  readonly pendingPodSeconds: number;
  /** Pods (`namespace/name`) that did not fit before the roll began. */
  readonly pendingBefore: readonly string[];
  readonly neverScheduled: readonly { readonly pod: string; readonly message: string }[];
  /** Messages of FailedScheduling, most attempts first. */
  readonly reasons: readonly { readonly message: string; readonly attempts: number; readonly pods: number }[];
}

export interface WorkloadOutcome {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly desired: number;
  readonly minReady: number;
  /** In all, as the next two. */
  readonly outage: Duration;
  readonly degraded: Duration;
  readonly belowFloor: Duration;
  /** Whether a disruption budget (at any time) or a quorum says how many pods it needs. */
  readonly hasFloor: boolean;
  /** Absent: its disruption budgets are its floor. */
  readonly quorum?: QuorumOutcome;
  /** The longest single stretch of each: what objectives limit. */
  readonly longest: Readonly<Record<Shortfall, Duration>>;
  /** What had not ended at the end of the count; its time is counted up to there. */
  readonly unended: readonly Shortfall[];
  readonly moves: number;
  /** Pods that went because the workload was scaled down: they are no moves. */
  readonly surplus: number;
  readonly wastedMoves: number;
  readonly outages: readonly Outage[];
  readonly lostData: readonly LostData[];
}

/** What became of a quorum, which is the floor of its workload in place of any disruption budget. */
export interface QuorumOutcome {
  /** How many pods have to be Ready and in sync. */
  readonly size: number;
  /** The smallest number that were so for any time. */
  readonly leastInSync: number;
  /** Whether at the end of the count some pod was yet to come into sync. */
  readonly isSyncing: boolean;
}

/** The ways in which a workload can fall short: no pod serves, fewer than desired, fewer than its budgets or its quorum want. */
export type Shortfall = 'outage' | 'degraded' | 'belowFloor';

/** An interval with replicas desired and none ready; `cause` reads from the first cause to the last. */
export interface Outage {
  readonly start: Instant;
  readonly end: Instant;
  /** false when no pod is ready at the end of the run either; `end` is the horizon then. */
  readonly isOver: boolean;
  readonly cause: readonly string[];
}

export interface BudgetOutcome {
  readonly namespace: string;
  readonly name: string;
  readonly refusals: number;
  readonly blocked: Duration;
  readonly stuck: boolean;
}

/**
 * Whether one objective held in this run, and the figure that decides. `unknown` when an input that matters is missing, or the horizon came
 * before it was decided.
 */
export interface ObjectiveOutcome {
  readonly objective: Objective;
  readonly outcome: 'holds' | 'fails' | 'unknown';
  readonly evidence: string;
  /** The figure that decides, in whatever unit, by which runs are compared: more is worse, and what never ends is infinite. */
  readonly amount: number;
}

/** Step functions over time for the charts: value `values[i]` holds from `times[i]` on. */
export interface StepSeries {
  readonly times: readonly Instant[];
  readonly values: readonly number[];
}

export interface RunSeries {
  readonly nodesAway: StepSeries;
  readonly podsPending: StepSeries;
  /** By resource: free share of the schedulable nodes. */
  readonly headroom: Readonly<Record<'cpu' | 'memory' | 'pods', StepSeries>>;
  /** Ready pods as a share (0 to 1) of those desired at the time, for workloads that were ever short of them. */
  readonly ready: readonly { readonly workload: string; readonly share: StepSeries }[];
}

/** Life of one pod, for `pods.csv`. */
export interface PodRow {
  readonly pod: string;
  readonly workload: string;
  readonly node: string | undefined;
  readonly createdAt: Instant;
  readonly boundAt: Instant | undefined;
  readonly readyAt: Instant | undefined;
  readonly goneAt: Instant | undefined;
  readonly cause: string | undefined;
  readonly failedAttempts: number;
}
