/** A recording of one eviction after another, format `rollcast-trace/eviction/1`. */
export interface EvictionTrace {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  readonly before: { readonly budgets: Budgets; readonly pods: readonly PodLine[] };
  readonly steps: readonly Step[];
}

export interface Step {
  readonly action: Action;
  readonly response?: Response | readonly Response[];
  readonly budgetsAfter: Budgets;
  readonly podsAfter: readonly PodLine[];
}

/** What was done; which fields are there depends on `type`. */
export interface Action {
  readonly type: string;
  readonly pod?: string;
  readonly pods?: readonly string[];
  readonly phase?: 'Failed' | 'Succeeded';
  readonly ready?: boolean;
  readonly seconds?: number;
  readonly bodyName?: string;
  readonly note?: string;
  readonly query?: string;
  readonly deleteOptions?: {
    readonly gracePeriodSeconds?: number;
    readonly dryRun?: readonly string[];
    readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  };
  /** A whole object to create, or the `Kind/namespace/name` of one. */
  readonly object?: string | KubernetesObject;
  readonly propagationPolicy?: string;
  readonly patch?: Readonly<Record<string, unknown>>;
}

export interface Response {
  readonly code: number;
  readonly reason?: string | null;
  readonly message?: string | null;
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  readonly retryAfterSeconds?: number | null;
}

/** By `namespace/name`. */
export type Budgets = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface PodLine {
  readonly name: string;
  readonly owner: string | null;
  readonly node: string | null;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  readonly ready: boolean;
  readonly terminating?: boolean;
  readonly graceSeconds?: number;
  readonly disruptionTarget?: string;
}

export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: unknown;
}
