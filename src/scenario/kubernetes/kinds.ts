import type { z } from 'zod';
import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import type { ReadContext } from './ReadContext.ts';
import { type CronJobDraft, readCronJob } from './readCronJob.ts';
import { type BudgetDraft, readDisruptionBudget } from './readDisruptionBudget.ts';
import { readHorizontalPodAutoscaler } from './readHorizontalPodAutoscaler.ts';
import { readJob } from './readJob.ts';
import { readNode } from './readNode.ts';
import { type PodDraft, readPod } from './readPod.ts';
import { readNamespace, readPriorityClass, readService } from './readService.ts';
import {
  readCsiDriver,
  readCsiNode,
  readPersistentVolume,
  readPersistentVolumeClaim,
  readStorageClass,
  readVolumeAttachment,
} from './readStorage.ts';
import type { ReadResult } from './readWith.ts';
import {
  readDaemonSet,
  readDeployment,
  readReplicaSet,
  readReplicationController,
  readStatefulSet,
  type WorkloadDraft,
} from './readWorkload.ts';

/**
 * The lists of a cluster while they are being filled. Pods and workloads still lack their priority; times in pods and budgets still need
 * the start of a run.
 */
export type ObjectDrafts = {
  [K in Exclude<keyof ClusterObjects, 'pods' | 'workloads' | 'cronJobs' | 'budgets'>]: ClusterObjects[K][number][];
} & {
  readonly pods: PodDraft[];
  readonly workloads: WorkloadDraft[];
  readonly cronJobs: CronJobDraft[];
  readonly budgets: BudgetDraft[];
};

/** What names a draft; workloads of several kinds are in one list. */
export interface NamedDraft {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
}

/** How objects of one kind are read. */
export interface KindEntry {
  /** API group; an object of this kind in another group (a Knative Service) is something else. */
  readonly group: string;
  readonly isNamespaced: boolean;
  /** Adds the object to its list, or returns what is wrong with it. */
  readonly read: (value: unknown, context: ReadContext, drafts: ObjectDrafts) => readonly z.core.$ZodIssue[];
  /** The list that has the objects of this kind, maybe among others. */
  readonly listOf: (drafts: ObjectDrafts) => readonly NamedDraft[];
}

/** Every kind that is read, by its Kubernetes name. */
export const kinds: Readonly<Record<string, KindEntry>> = {
  Namespace: entry('', 'cluster', readNamespace, (drafts) => drafts.namespaces),
  Node: entry('', 'cluster', readNode, (drafts) => drafts.nodes),
  Pod: entry('', 'namespace', readPod, (drafts) => drafts.pods),
  Service: entry('', 'namespace', readService, (drafts) => drafts.services),
  ReplicationController: entry('', 'namespace', withSharedTemplate(readReplicationController), (drafts) => drafts.workloads),
  PersistentVolume: entry('', 'cluster', readPersistentVolume, (drafts) => drafts.persistentVolumes),
  PersistentVolumeClaim: entry('', 'namespace', readPersistentVolumeClaim, (drafts) => drafts.claims),
  Deployment: entry('apps', 'namespace', withSharedTemplate(readDeployment), (drafts) => drafts.workloads),
  ReplicaSet: entry('apps', 'namespace', withSharedTemplate(readReplicaSet), (drafts) => drafts.workloads),
  StatefulSet: entry('apps', 'namespace', withSharedTemplate(readStatefulSet), (drafts) => drafts.workloads),
  DaemonSet: entry('apps', 'namespace', withSharedTemplate(readDaemonSet), (drafts) => drafts.workloads),
  Job: entry('batch', 'namespace', withSharedTemplate(readJob), (drafts) => drafts.workloads),
  CronJob: entry('batch', 'namespace', readCronJob, (drafts) => drafts.cronJobs),
  HorizontalPodAutoscaler: entry('autoscaling', 'namespace', readHorizontalPodAutoscaler, (drafts) => drafts.autoscalers),
  PodDisruptionBudget: entry('policy', 'namespace', readDisruptionBudget, (drafts) => drafts.budgets),
  PriorityClass: entry('scheduling.k8s.io', 'cluster', readPriorityClass, (drafts) => drafts.priorityClasses),
  StorageClass: entry('storage.k8s.io', 'cluster', readStorageClass, (drafts) => drafts.storageClasses),
  CSINode: entry('storage.k8s.io', 'cluster', readCsiNode, (drafts) => drafts.csiNodes),
  CSIDriver: entry('storage.k8s.io', 'cluster', readCsiDriver, (drafts) => drafts.csiDrivers),
  VolumeAttachment: entry('storage.k8s.io', 'cluster', readVolumeAttachment, (drafts) => drafts.attachments),
};

/** The lists of all `parts` one after the other. */
export function joinDrafts(parts: readonly ObjectDrafts[]): ObjectDrafts {
  const joined = noDrafts();
  for (const list of LISTS) {
    const all: NamedDraft[] = joined[list];
    for (const part of parts) for (const draft of part[list]) all.push(draft);
  }
  return joined;
}

/** Empty lists to fill. */
export function noDrafts(): ObjectDrafts {
  return Object.fromEntries(LISTS.map((list) => [list, []])) as Record<(typeof LISTS)[number], never[]>;
}

const LISTS = [
  'namespaces',
  'nodes',
  'workloads',
  'cronJobs',
  'pods',
  'budgets',
  'autoscalers',
  'services',
  'priorityClasses',
  'persistentVolumes',
  'claims',
  'storageClasses',
  'csiNodes',
  'csiDrivers',
  'attachments',
] as const satisfies readonly (keyof ObjectDrafts)[];

/** Lets templates share what they have in common with each other and with pods. */
function withSharedTemplate<W extends WorkloadDraft>(
  reader: (value: unknown, context: ReadContext) => ReadResult<W>,
): (value: unknown, context: ReadContext) => ReadResult<W> {
  return (value, context) => {
    const reading = reader(value, context);
    if ('issues' in reading) return reading;
    return { value: { ...reading.value, template: context.parts.specs.shareTemplate(reading.value.template) } };
  };
}

function entry<T extends NamedDraft>(
  group: string,
  scope: 'cluster' | 'namespace',
  reader: (value: unknown, context: ReadContext) => ReadResult<T>,
  listOf: (drafts: ObjectDrafts) => T[],
): KindEntry {
  return {
    group,
    isNamespaced: scope === 'namespace',
    listOf,
    read(value, context, drafts) {
      const reading = reader(value, context);
      if ('issues' in reading) return reading.issues;
      listOf(drafts).push(reading.value);
      return [];
    },
  };
}
