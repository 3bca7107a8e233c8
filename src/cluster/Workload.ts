import type { Instant } from '../units.ts';
import type { LabelSelector, Labels } from './LabelSelector.ts';
import type { OwnerReference } from './OwnerReference.ts';
import type { PodTemplate } from './PodSpec.ts';
import type { ClaimTemplate } from './Storage.ts';

/** What all controllers of pods have in common. Plain data: can be sent to a worker thread. */
interface WorkloadBase {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly owner: OwnerReference | undefined;
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
}

/** An absolute number or a percentage as Kubernetes writes it (`1`, `"25%"`). */
export type IntOrPercent = number | `${number}%`;

export interface ReplicaSet extends WorkloadBase {
  readonly kind: 'ReplicaSet' | 'ReplicationController';
  readonly replicas: number;
  readonly minReadySeconds: number;
  /** `deployment.kubernetes.io/revision`; the highest one of a Deployment is its newest. */
  readonly revision: number;
  /** How large its Deployment was when that last scaled it; absent: it has not yet. */
  readonly scaledFor?: DeploymentSize;
}

/** The size of a Deployment as it marks the ReplicaSets that it scales. */
export interface DeploymentSize {
  /** `deployment.kubernetes.io/desired-replicas`. */
  readonly desiredReplicas: number;
  /** `deployment.kubernetes.io/max-replicas`: the replicas and the surge. */
  readonly maxReplicas: number;
}

export interface Deployment extends WorkloadBase {
  readonly kind: 'Deployment';
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly paused: boolean;
  readonly strategy:
    | { readonly type: 'RollingUpdate'; readonly maxSurge: IntOrPercent; readonly maxUnavailable: IntOrPercent }
    | { readonly type: 'Recreate' };
}

export interface StatefulSet extends WorkloadBase {
  readonly kind: 'StatefulSet';
  readonly replicas: number;
  readonly minReadySeconds: number;
  readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
  readonly firstOrdinal: number;
  /** A pod's claim is `TEMPLATE-POD`. */
  readonly volumeClaimTemplates: readonly ClaimTemplate[];
  /** Absent: a rolling update of all ordinals. */
  readonly updateStrategy?: StatefulUpdate;
  /** `status.updateRevision`; absent when it is not known. */
  readonly updateRevision?: string;
}

/** What happens to pods whose template is out of date; the first `partition` ordinals keep theirs. */
export type StatefulUpdate =
  | { readonly type: 'RollingUpdate'; readonly partition: number; readonly maxUnavailable: IntOrPercent }
  | { readonly type: 'OnDelete' };

export interface DaemonSet extends WorkloadBase {
  readonly kind: 'DaemonSet';
  readonly minReadySeconds: number;
  /** Absent: a rolling update with one pod unavailable. */
  readonly updateStrategy?: DaemonUpdate;
  /** `deprecated.daemonset.template.generation`, which current pods bear as a label; absent when it is not known. */
  readonly templateGeneration?: number;
}

/** What happens to pods whose template is out of date; percentages are of the nodes that are to have a pod, rounded up. */
export type DaemonUpdate =
  | { readonly type: 'RollingUpdate'; readonly maxUnavailable: IntOrPercent; readonly maxSurge: IntOrPercent }
  | { readonly type: 'OnDelete' };

export interface Job extends WorkloadBase {
  readonly kind: 'Job';
  readonly parallelism: number;
  readonly completions: number | undefined;
  readonly backoffLimit: number;
  readonly podReplacementPolicy: 'TerminatingOrFailed' | 'Failed';
  /** How long it may take from its start on; absent: as long as it likes. */
  readonly activeDeadlineSeconds?: number;
  /** `status.startTime` in milliseconds since 1970; absent: it starts when its controller first sees it. */
  readonly startedEpoch?: number;
  /** When it failed because that time was over; absent: it has not. It runs nothing any more, so its parallelism is 0. */
  readonly deadlineExceededAt?: Instant;
  /**
   * The counts that it had at the start, from `status.succeeded` and `status.failed`; absent: its controller has not seen it yet. Most of
   * these pods no longer exist.
   */
  readonly ended?: { readonly succeeded: number; readonly failed: number };
  /** The first rule that holds for a failed pod says what becomes of the Job; without one the failure counts. */
  readonly podFailurePolicy?: readonly PodFailureRule[];
  /** Absent: the failures of all of its pods are counted together. */
  readonly perIndex?: PerIndex;
}

/** How an Indexed Job gives up single indexes (`backoffLimitPerIndex`), and which are over. */
export interface PerIndex {
  /** How often pods of one index may fail. */
  readonly backoffLimit: number;
  /** How many indexes may fail before the Job does; absent: any number. */
  readonly maxFailedIndexes?: number;
  /** Those that were done at the start: ranges, in ascending order. */
  readonly completed: readonly IndexRange[];
  readonly failed: readonly number[];
}

/** Indexes in a row, both ends included. */
export interface IndexRange {
  readonly first: number;
  readonly last: number;
}

export type PodFailureAction = 'Ignore' | 'Count' | 'FailJob' | 'FailIndex';

/** What happens when a failed pod ended with one of these exit codes (or with none of them), or was disrupted (DisruptionTarget). */
export type PodFailureRule =
  | { readonly action: PodFailureAction; readonly on: 'exitCode'; readonly operator: 'In' | 'NotIn'; readonly codes: readonly number[] }
  | { readonly action: PodFailureAction; readonly on: 'disruption' };

/** A controller that makes pods, as it stands now; a change replaces the object. */
export type Workload = ReplicaSet | Deployment | StatefulSet | DaemonSet | Job;

/** `Kind/namespace/name`: unique in a cluster. */
export function workloadKey({
  kind,
  namespace,
  name,
}: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${kind}/${namespace}/${name}`;
}
