import type { DocumentHead, NodeRow, WorkloadRow } from './Forecast.ts';
import type { MaintenanceRow } from './maintenanceRow.ts';

/** The document of `explain`. Times are seconds from t = 0. */
export type ExplanationDocument = PodExplanation | WorkloadExplanation | NodeExplanation;

/** Why a pod went where it went, or went nowhere. */
export interface PodExplanation extends DocumentHead {
  readonly kind: 'pod';
  /** `namespace/name`. */
  readonly pod: string;
  readonly history: readonly HistoryRow[];
  readonly attempts: readonly AttemptRow[];
  /** null for a pod that was there from the start and never tried. */
  readonly shown: ShownAttempt | null;
  /** Why a pod without a node was never tried; null for every other pod. */
  readonly untried: string | null;
}

export interface HistoryRow {
  readonly at: number;
  readonly event: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

export interface AttemptRow {
  readonly number: number;
  readonly at: number;
  readonly outcome: 'bound' | 'unschedulable' | 'error';
  /** Bound to, or by preemption nominated to. */
  readonly node: string | null;
  readonly victims: readonly string[];
  /** The event that woke the pod, as the scheduler's log names it. */
  readonly wokenBy: string;
  readonly message: string | null;
}

/** One attempt in full: every node, and what every plugin says of it. */
export interface ShownAttempt {
  readonly attempt: number;
  /** The plugin that refused the pod before any node was looked at. */
  readonly outright: RefusalRow | null;
  readonly best: readonly string[];
  readonly nodes: readonly NodeChance[];
  /** The fewest changes first; empty when no way is known. Each was proved by running the filters with the changes made. */
  readonly remedies: readonly { readonly node: string; readonly changes: readonly { readonly kind: string; readonly text: string }[] }[];
  readonly remediesLeftOut: number;
}

export interface NodeChance {
  readonly node: string;
  /** Of every plugin that refuses the node, in the order of the profile. */
  readonly refusals: readonly RefusalRow[];
  /** Sum of `weighted`; null for a node that is refused. */
  readonly total: number | null;
  readonly scores: readonly Score[];
}

export interface RefusalRow {
  readonly plugin: string;
  readonly reasons: readonly string[];
  readonly canPreemptionHelp: boolean;
}

export interface Score {
  readonly plugin: string;
  readonly raw: number;
  /** In [0, 100]. */
  readonly normalized: number;
  readonly weight: number;
  readonly weighted: number;
}

/** What a roll did to one workload, and why. */
export interface WorkloadExplanation extends DocumentHead {
  readonly kind: 'workload';
  readonly workload: WorkloadRow;
  /** The budgets that select its pods. */
  readonly budgets: readonly {
    readonly budget: string;
    readonly refusals: number;
    readonly blockedSeconds: number;
    readonly stuck: boolean;
  }[];
  /** Pods that moved, waited, came or left. */
  readonly pods: readonly PodLifeRow[];
}

export interface PodLifeRow {
  readonly pod: string;
  readonly node: string | null;
  readonly createdAt: number;
  readonly boundAt: number | null;
  readonly readyAt: number | null;
  readonly goneAt: number | null;
  readonly cause: string | null;
  readonly failedAttempts: number;
}

/** The life of one node in a roll. */
export interface NodeExplanation extends DocumentHead {
  readonly kind: 'node';
  readonly node: string;
  /** null for a node that is not to be reset. */
  readonly reset: (NodeRow & { readonly reason: string | null }) | null;
  /** Absent: nodes could start at any time. */
  readonly maintenance?: MaintenanceRow;
  /** The budgets that refused, in order of first refusal. */
  readonly refusedBy: readonly { readonly budget: string; readonly refusals: number; readonly blockedSeconds: number }[];
  readonly history: readonly HistoryRow[];
  /** Pods that came or left, in order of time. */
  readonly traffic: readonly { readonly at: number; readonly what: string; readonly pod: string; readonly cause: string | null }[];
}
