import type { EventRow } from '../run/EventColumns.ts';
import type { PodRow, RunSeries } from '../run/RunResult.ts';
import type { Finding, InputOrigin, NotModelled } from '../scenario/Scenario.ts';
import type { MaintenanceRow } from './maintenanceRow.ts';

/** Version of the results documents; a field that changes its meaning raises it. */
export const SCHEMA_VERSION = 1;

/** What every results document opens with. */
export interface DocumentHead {
  readonly schemaVersion: number;
  /** Version of this program. */
  readonly rollcast: string;
  readonly scenario: string;
  readonly seed: string;
}

/**
 * The results document of `run`: `results.json`, `--format json` and the source of every other report. Times are seconds from t = 0.
 * With several replications the run with the median duration is shown in full and `metrics` holds the spread.
 */
export interface Forecast extends DocumentHead {
  readonly replications: number;
  readonly precision?: PrecisionReached;
  /** Seed of the run that is shown in full; absent with one replication, which has the seed above. */
  readonly shownSeed?: string;
  readonly verdict: Verdict;
  readonly roll: {
    readonly preset: string;
    readonly pool: string | null;
    readonly maxUnavailable: number;
    /** Of a roll that replaces nodes: how many there might be beyond those that are rolled. */
    readonly surge?: number;
    /** Of such a roll: the most machines at once, old and new, those that boot or are being deleted included. */
    readonly peakNodes?: number;
    readonly outcome: 'completed' | 'stuck' | 'failed' | 'windowClosed' | 'horizon';
    readonly durationSeconds: number;
    readonly batches: readonly { readonly nodes: readonly string[]; readonly startSeconds: number; readonly endSeconds: number }[];
    /** The nodes of the plan, and after them those that the roll made. */
    readonly nodes: readonly NodeRow[];
    /** Absent: nodes could start at any time. */
    readonly maintenance?: MaintenanceRow;
  };
  readonly scheduling: {
    readonly decisions: number;
    readonly slowDecisions: number;
    readonly failedAttempts: number;
    readonly peakPending: number;
    readonly pendingPodSeconds: number;
    readonly pendingBefore: readonly string[];
    readonly neverScheduled: readonly { readonly pod: string; readonly message: string }[];
    readonly reasons: readonly { readonly message: string; readonly attempts: number; readonly pods: number }[];
    readonly preemptions: number;
  };
  readonly workloads: readonly WorkloadRow[];
  readonly budgets: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly refusals: number;
    readonly blockedSeconds: number;
    readonly stuck: boolean;
  }[];
  readonly headroom: Readonly<Record<'cpu' | 'memory' | 'pods', { readonly min: number; readonly atSeconds: number }>>;
  readonly unservedRequests: number;
  readonly findings: readonly Finding[];
  readonly notModelled: readonly NotModelled[];
  readonly inputs: readonly InputOrigin[];
  /** By figure, only with more than one replication. */
  readonly metrics?: Readonly<Record<string, MetricSummary>>;
}

/** Why there are as many replications as there are; absent from a document where their number was given. */
export interface PrecisionReached {
  /** How far an estimate may be off: 0.05 is 5 % of the mean duration, and 5 percentage points of a probability. */
  readonly within: number;
  /** The most replications that were allowed. */
  readonly limit: number;
  readonly stopped: 'narrowEnough' | 'limitReached';
  /** Of the intervals by which that was judged: more than the 95 % of all others, because they were looked at several times. */
  readonly confidence: number;
  /** The figure that is known least. */
  readonly widest: Imprecision;
  /** Figures that are not known as well as asked for; empty if narrow enough. */
  readonly tooWide: readonly Imprecision[];
}

/** How far the estimate of a figure may be off: relative to a mean duration, and as it is for a probability. Infinite (null): nobody knows. */
export interface Imprecision {
  readonly figure: string;
  readonly within: number;
}

/** Everything a report folder is written from: the document, and what is too long for it. */
export interface ForecastReport {
  readonly forecast: Forecast;
  /** Wall clock of t = 0 as RFC 9557 text. */
  readonly start: string;
  readonly series: RunSeries;
  readonly pods: readonly PodRow[];
  readonly events: Iterable<EventRow>;
  /** All replications in figures, in order. */
  readonly runs: readonly ReplicationRow[];
  /** The longest duration that all objectives allow, in seconds; absent where none limits it. */
  readonly allowedSeconds?: number;
}

/** One replication in figures. */
export interface ReplicationRow {
  readonly seed: string;
  readonly outcome: Forecast['roll']['outcome'];
  readonly figures: Omit<CellMetrics, 'intervals'>;
}

export interface Verdict {
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** One sentence for people: what was asked, whether it holds, and why not. Never a bare "safe". */
  readonly sentence: string;
  readonly objectives: readonly {
    readonly name: string;
    readonly outcome: 'holds' | 'fails' | 'unknown';
    readonly certainty: 'certain' | 'likely' | 'unknown';
    /** Share of replications in which it held. */
    readonly probability: number;
    /** Interval of that probability (Wilson; exact at 0 and n of n), undefined for one deterministic run. */
    readonly interval: readonly [number, number] | null;
    readonly evidence: string;
    /** Seed of the run that the evidence is of, the worst; absent where it is that of every run. */
    readonly worstSeed?: string;
  }[];
}

export interface NodeRow {
  readonly name: string;
  /** `replaced` only in a roll that makes new nodes: it is gone, as it should be. */
  readonly outcome: 'inService' | 'replaced' | 'failed' | 'stuck' | 'skipped' | 'deleted' | 'notStarted';
  /** When the machine of a node was asked for that the roll made; absent for all others. */
  readonly createdAt?: number;
  readonly cordonedAt: number | null;
  /** When its turn came, where the whole pool was cordoned before or no node is. */
  readonly startedAt?: number;
  readonly drainedAt: number | null;
  readonly resetAt: number | null;
  readonly readyAt: number | null;
  readonly inServiceAt: number | null;
  /** When the machine of a node was gone that has been replaced; absent for all others. */
  readonly goneAt?: number;
  readonly blockedSeconds: number;
  readonly blockedBy: readonly string[];
  readonly evictions: number;
  readonly refusals: number;
  readonly forcedKills: number;
}

export interface WorkloadRow {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly desired: number;
  readonly minReady: number;
  readonly outageSeconds: number;
  readonly degradedSeconds: number;
  readonly belowFloorSeconds: number;
  /** The floor of a workload for which the scenario gives a quorum: how many pods have to be Ready and in sync, and the least that were. */
  readonly quorum?: { readonly size: number; readonly leastInSync: number };
  readonly moves: number;
  readonly wastedMoves: number;
  readonly outages: readonly OutageRow[];
  readonly lostData: readonly { readonly pod: string; readonly volume: string; readonly reason: string }[];
  /** Only with more than one replication, and where it fell short in any of them. */
  readonly metrics?: WorkloadMetrics;
}

/** How long a workload fell short in all. */
export type WorkloadMeasure = 'outageSeconds' | 'degradedSeconds' | 'belowFloorSeconds';

/** The spread over all replications, of measures that are not zero in each of them. */
export type WorkloadMetrics = Readonly<Partial<Record<WorkloadMeasure, WorkloadSummary>>>;

export interface WorkloadSummary extends Omit<MetricSummary, 'intervals'> {
  /** In how many replications it is more than zero. */
  readonly runs: number;
}

/** An interval with replicas desired and none ready; `cause` reads from the first cause to the last. */
export interface OutageRow {
  readonly start: number;
  /** The horizon for an outage that is not over. */
  readonly end: number;
  /** false when no pod was ready at the end of the run either. */
  readonly isOver: boolean;
  readonly cause: readonly string[];
}

/** One figure over all replications. A duration that has no end is infinite, and null in a document. */
export interface MetricSummary {
  readonly mean: number;
  /** Student-t interval of the mean at 95 %. */
  readonly ci95: readonly [number, number];
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /**
   * Order-statistic intervals of the quantiles at 95 %, whatever the distribution. A bound that takes more replications than there are is
   * infinite, and null in a document.
   */
  readonly intervals: Readonly<Record<'p50' | 'p90' | 'p99', readonly [number, number]>>;
}

/** The figures of one cell of a sweep or one start of a window search, as means over its replications. */
export interface CellMetrics {
  /** Infinite (null in a document) when the roll does not finish in every replication. */
  readonly durationSeconds: number;
  /** Share of the replications whose roll was stuck, or not over at the horizon. */
  readonly unfinished: number;
  readonly failedAttempts: number;
  readonly peakPending: number;
  readonly pendingPodSeconds: number;
  readonly outageSeconds: number;
  readonly worstOutageSeconds: number;
  /** How many workloads were down at any time. */
  readonly workloadsDown: number;
  readonly belowFloorSeconds: number;
  readonly degradedSeconds: number;
  readonly refusals: number;
  readonly blockedSeconds: number;
  readonly forcedKills: number;
  readonly neverScheduled: number;
  readonly movesPerPod: number;
  readonly wastedMoves: number;
  readonly unservedRequests: number;
  /** 95 % intervals of some of the above, by name; absent with one replication. */
  readonly intervals?: Readonly<Record<string, readonly [number, number]>>;
}

/** The results document of `sweep`. */
export interface Sweep extends DocumentHead {
  /** How often each setting was run, under the same seeds. */
  readonly replications: number;
  readonly precision?: PrecisionReached;
  readonly cells: readonly {
    readonly factors: Readonly<Record<string, string | number>>;
    readonly verdict: Verdict;
    readonly metrics: CellMetrics;
  }[];
  readonly recommended: {
    readonly factors: Readonly<Record<string, string | number>>;
    readonly reason: string;
    readonly certainty: 'certain' | 'likely' | 'unknown';
  } | null;
  /**
   * The settings whose rolls all complete and that no other such setting beats in duration or total outage without being worse in the
   * other; shortest first.
   */
  readonly paretoFront: readonly Readonly<Record<string, string | number>>[];
  readonly notModelled: readonly NotModelled[];
  readonly inputs: readonly InputOrigin[];
}

/** The results document of `window`. */
export interface WindowSearch extends DocumentHead {
  /** How often each start was run, under the same seeds; the figures of a start are means over its replications. */
  readonly replications: number;
  readonly precision?: PrecisionReached;
  readonly starts: readonly WindowStart[];
  /** The best starts, best first, as RFC 9557 text. */
  readonly best: readonly string[];
  readonly worst: { readonly start: string; readonly reason: string } | null;
  readonly notModelled: readonly NotModelled[];
  readonly inputs: readonly InputOrigin[];
}

export interface WindowStart {
  /** RFC 9557 text. */
  readonly start: string;
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** Names of the objectives that fail. */
  readonly breaks: readonly string[];
  /** Infinite (null in a document) for a roll that does not finish. */
  readonly durationSeconds: number;
  readonly outageSeconds: number;
  readonly unservedRequests: number;
  /** Requests that come while the roll goes on, served or not. */
  readonly requestsDuringRoll: number;
  /** Until the first maintenance window opens, 0 inside of one; infinite (null) when none does before the horizon. Absent: no windows. */
  readonly waitSeconds?: number;
  /** Share of the replications that finish in the window; absent with one replication, as is its interval. */
  readonly probability?: number;
  readonly interval?: readonly [number, number];
}
