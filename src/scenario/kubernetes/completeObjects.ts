import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { PodDescription, Termination } from '../../cluster/Pod.ts';
import type { PersistentVolumeClaim } from '../../cluster/Storage.ts';
import { between, type Instant, START, toSeconds } from '../../units.ts';
import { completeClaims } from './claimTemplates.ts';
import type { ObjectDrafts } from './kinds.ts';
import { instantBefore } from './metadata.ts';
import type { PodSpecs } from './PodSpecs.ts';
import type { BudgetDraft } from './readDisruptionBudget.ts';
import type { PodDraft, TerminationDraft } from './readPod.ts';
import { NAMESPACE_NAME } from './readService.ts';

/** What the reading of objects depends on besides the objects. */
export interface ReadOptions {
  /** Wall clock of t = 0 in milliseconds since 1970; creation times count from it. */
  readonly start: number;
  readonly kubernetesVersion: KubernetesVersion;
  /** Nodes that exist besides those of the input: pods may be bound to them. */
  readonly otherNodes?: readonly string[];
}

/** What completes drafts: the start of the run, their priority classes, and the claims that StatefulSets need. */
export interface Completion {
  readonly start: number;
  readonly specs: PodSpecs;
  readonly neededClaims: readonly PersistentVolumeClaim[];
}

/** The objects of a cluster from all the drafts of an input, including everything that one object takes from another. */
export function completeObjects(drafts: ObjectDrafts, { start, specs, neededClaims }: Completion): ClusterObjects {
  const { pods, workloads, cronJobs, namespaces, claims, ...rest } = drafts;
  return {
    ...rest,
    namespaces: [...namespaces, ...impliedNamespaces(drafts)],
    pods: pods.map((pod) => completePod(pod, specs, start)),
    budgets: rest.budgets.map((budget) => completeBudget(budget, start)),
    workloads: workloads.map((workload) => ({ ...workload, template: specs.completeTemplate(workload.template) })),
    cronJobs: cronJobs.map(({ job, ...cronJob }) => ({ ...cronJob, job: { ...job, template: specs.completeTemplate(job.template) } })),
    claims: completeClaims(claims, neededClaims, rest.storageClasses),
  };
}

/** Field by field, since the engine would keep a copy with `...` as a hash table. */
function completePod(pod: PodDraft, specs: PodSpecs, start: number): PodDescription {
  const createdAt = instantBefore(pod.createdEpoch, start);
  return {
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.labels,
    annotations: pod.annotations,
    owner: pod.owner,
    spec: specs.complete(pod.spec),
    nodeName: pod.nodeName,
    nominatedNodeName: pod.nominatedNodeName,
    phase: pod.phase,
    ready: pod.ready,
    createdAt,
    startDelaySeconds: startDelayOf(pod, createdAt),
    termination: pod.termination && completeTermination(pod.termination, start),
  };
}

/** Like a creation, a start is no later than t = 0. A bound pod that no kubelet has seen yet is seen at t = 0. */
function startDelayOf({ startDelaySeconds, phase }: PodDraft, createdAt: Instant): number | undefined {
  const untilStart = toSeconds(between(createdAt, START));
  if (startDelaySeconds === undefined) return phase === 'Pending' ? untilStart : undefined;
  return Math.min(startDelaySeconds, untilStart);
}

function completeTermination({ requestedEpoch, ...rest }: TerminationDraft, start: number): Termination {
  return { requestedAt: instantBefore(requestedEpoch, start), ...rest };
}

function completeBudget({ status, ...rest }: BudgetDraft, start: number): DisruptionBudgetDescription {
  if (!status) return { ...rest, status };
  const disrupted = [...status.disruptedPods].map(([name, epoch]) => [name, instantBefore(epoch, start)] as const);
  return { ...rest, status: { ...status, disruptedPods: new Map(disrupted) } };
}

/** Namespaces that objects live in without being described: they have the label that every namespace has. */
function impliedNamespaces({ namespaces, pods, workloads }: ObjectDrafts): ClusterObjects['namespaces'] {
  const known = new Set(namespaces.map(({ name }) => name));
  const used = new Set([...pods, ...workloads].map(({ namespace }) => namespace));
  return [...used].filter((name) => !known.has(name)).map((name) => ({ name, labels: { [NAMESPACE_NAME]: name } }));
}
