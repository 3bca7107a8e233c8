/** A recording of one scheduling decision after another. */
export interface SchedulerTrace {
  readonly format: 'rollcast-trace/scheduler/1';
  readonly name: string;
  /** With the patch release, such as `1.34.4`. */
  readonly kubernetesVersion: string;
  readonly percentageOfNodesToScore: number;
  /** Kubernetes objects before the first step. */
  readonly objects: readonly unknown[];
  readonly steps: readonly TraceStep[];
}

export type TraceStep =
  | { readonly op: 'create'; readonly object: unknown }
  | { readonly op: 'cordon' | 'uncordon'; readonly node: string }
  | { readonly op: 'delete' | 'stillPending'; readonly pod: string }
  | DecideStep;

export type DecideStep = BoundStep | UnschedulableStep;

export interface BoundStep {
  readonly op: 'decide';
  readonly pod: string;
  readonly result: 'bound';
  readonly node: string;
  readonly feasible: readonly string[];
  /** In the order of `feasible`; absent with a single feasible node. */
  readonly total?: readonly number[];
  /** Weighted, by plugin; one that is not listed was skipped. */
  readonly scores?: Readonly<Record<string, readonly number[]>>;
}

export interface UnschedulableStep {
  readonly op: 'decide';
  readonly pod: string;
  readonly result: 'unschedulable';
  readonly message: string;
  readonly nominated?: string;
  readonly victims?: readonly string[];
}
