import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { OwnerReference } from '../cluster/OwnerReference.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import type { BudgetMembers } from './BudgetMembers.ts';
import { type CountFailure, type ExpectedPods, roundedUp } from './budgetArithmetic.ts';

/** Desired replicas of owners that are not built-in workloads but have a scale subresource, by `Kind/namespace/name`. */
export type CustomScales = ReadonlyMap<string, number>;

/**
 * Counts the pods that a budget expects and those that it wants healthy.
 *
 * An integer `minAvailable` counts the pods themselves, including terminating and finished ones. Everything else adds up the desired
 * replicas of their owners, each once. Pods without an owner add nothing; an owner without a scale (Job, DaemonSet) makes the count fail.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getExpectedPodCount)
 */
export function expectedPods(cluster: Cluster, budget: DisruptionBudget, counting: Counting): ExpectedPods | CountFailure {
  const { maxUnavailable, minAvailable } = budget.description;
  if (maxUnavailable === undefined && minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  if (maxUnavailable === undefined && typeof minAvailable === 'number')
    return { expectedPods: counting.members.of(budget).pods, desiredHealthy: minAvailable };
  const scale = totalScale(cluster, budget, counting);
  if (typeof scale !== 'number') return scale;
  const desiredHealthy =
    maxUnavailable === undefined ? roundedUp(minAvailable ?? 0, scale) : Math.max(0, scale - roundedUp(maxUnavailable, scale));
  return { expectedPods: scale, desiredHealthy };
}

/** What expected pods are counted from. */
export interface Counting {
  readonly members: BudgetMembers;
  readonly customScales: CustomScales;
}

/** `Kind/namespace/name` of the owner of a class of pods if it might have a scale that is not known; undefined for built-in kinds. */
export function ownerWithoutScale({ owner, ownerKey = '' }: PodClass, customScales: CustomScales): string | undefined {
  if (!owner || BUILT_IN_GROUPS.has(groupOf(owner)) || customScales.has(ownerKey)) return undefined;
  return ownerKey;
}

const BUILT_IN_GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

function totalScale(cluster: Cluster, budget: DisruptionBudget, { members, customScales }: Counting): number | CountFailure {
  const { owners } = members.of(budget);
  const counted = owners.length > 1 ? new Set<string>() : undefined;
  let total = 0;
  for (const podClass of owners) {
    const scale = podClass.owner && scaleOf(cluster, { podClass, name: '' }, podClass.owner, customScales);
    if (scale && 'failure' in scale) return firstFailure(cluster, budget, { members, customScales }) ?? scale;
    if (!scale || counted?.has(scale.key)) continue;
    counted?.add(scale.key);
    total += scale.replicas;
  }
  return total;
}

/** What the controller runs into that goes through the pods of `budget` in order of creation. */
function firstFailure(cluster: Cluster, budget: DisruptionBudget, { members, customScales }: Counting): CountFailure | undefined {
  const owners = members.of(budget).owners.flatMap(({ owner }) => owner ?? []);
  const pods = owners.flatMap(({ kind, name }) =>
    firstOf(cluster.podsOwnedBy({ kind, namespace: budget.namespace, name }), budget, members),
  );
  const failures = pods.flatMap((pod) => {
    const scale = pod.owner && scaleOf(cluster, pod, pod.owner, customScales);
    return scale && 'failure' in scale ? [{ pod, failure: scale.failure }] : [];
  });
  const [first] = failures.sort((a, b) => a.pod.createdAs - b.pod.createdAs);
  return first && { failure: first.failure };
}

function firstOf(pods: Iterable<Pod>, budget: DisruptionBudget, members: BudgetMembers): Pod[] {
  for (const pod of pods) if (members.isMember(pod, budget)) return [pod];
  return [];
}

interface Scale {
  readonly key: string;
  readonly replicas: number;
}

function scaleOf(
  cluster: Cluster,
  { podClass: { ownerKey = '' }, name }: Pick<Pod, 'podClass' | 'name'>,
  owner: OwnerReference,
  customScales: CustomScales,
): Scale | CountFailure {
  if (!isBuiltInWithScale(owner)) {
    const replicas = customScales.get(ownerKey);
    if (replicas === undefined) return { failure: `${resourceName(owner)} does not implement the scale subresource` };
    return { key: ownerKey, replicas };
  }
  const workload = cluster.workloads.get(ownerKey);
  const deployment = workload?.kind === 'ReplicaSet' ? deploymentOf(cluster, workload) : undefined;
  const scaled = deployment ?? workload;
  if (!scaled || !('replicas' in scaled)) return { failure: `found no controllers for pod "${name}"` };
  return { key: deployment ? workloadKey(deployment) : ownerKey, replicas: scaled.replicas };
}

function isBuiltInWithScale(owner: OwnerReference): boolean {
  return GROUP_OF_SCALED[owner.kind] === groupOf(owner);
}

const GROUP_OF_SCALED: Readonly<Record<string, string>> = {
  ReplicationController: '',
  ReplicaSet: 'apps',
  Deployment: 'apps',
  StatefulSet: 'apps',
};

function deploymentOf(cluster: Cluster, replicaSet: Workload): Workload | undefined {
  return replicaSet.owner?.kind === 'Deployment' ? cluster.ownerOf(replicaSet) : undefined;
}

/** The plural that most resources have. @see kubernetes/apimachinery pkg/api/meta/restmapper.go (UnsafeGuessKindToResource) */
function resourceName(owner: OwnerReference): string {
  const [singular, group] = [owner.kind.toLowerCase(), groupOf(owner)];
  const plural = singular.endsWith('s') ? `${singular}es` : singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`;
  return group === '' ? plural : `${plural}.${group}`;
}

function groupOf({ apiVersion }: OwnerReference): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
