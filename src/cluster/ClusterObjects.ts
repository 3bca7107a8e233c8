import type { CronJob } from './CronJob.ts';
import type { DisruptionBudgetDescription } from './DisruptionBudget.ts';
import type { HorizontalPodAutoscaler } from './HorizontalPodAutoscaler.ts';
import type { LabelSelector, Labels } from './LabelSelector.ts';
import type { NodeDescription } from './Node.ts';
import type { PodDescription } from './Pod.ts';
import type { CsiDriver, CsiNode, PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment } from './Storage.ts';
import type { Workload } from './Workload.ts';

/** Everything a cluster holds at t = 0, as it was given. Plain data: can be sent to a worker thread. Each list keeps the order of the input. */
export interface ClusterObjects {
  readonly namespaces: readonly Namespace[];
  readonly nodes: readonly NodeDescription[];
  readonly workloads: readonly Workload[];
  readonly cronJobs: readonly CronJob[];
  readonly pods: readonly PodDescription[];
  readonly budgets: readonly DisruptionBudgetDescription[];
  readonly autoscalers: readonly HorizontalPodAutoscaler[];
  readonly services: readonly Service[];
  readonly priorityClasses: readonly PriorityClass[];
  readonly persistentVolumes: readonly PersistentVolume[];
  readonly claims: readonly PersistentVolumeClaim[];
  readonly storageClasses: readonly StorageClass[];
  readonly csiNodes: readonly CsiNode[];
  readonly csiDrivers: readonly CsiDriver[];
  readonly attachments: readonly VolumeAttachment[];
}

export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
  /** Nothing can be created in it any more: it is being deleted. */
  readonly isTerminating?: boolean;
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** undefined or without requirements: selects nothing for default spreading. */
  readonly selector: LabelSelector | undefined;
}

export interface PriorityClass {
  readonly name: string;
  readonly value: number;
  readonly globalDefault: boolean;
  readonly preemptionPolicy: 'PreemptLowerPriority' | 'Never';
}
