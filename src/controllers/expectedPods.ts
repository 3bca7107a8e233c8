import type { Cluster } from '../cluster/Cluster.ts';
import type { DisruptionBudgetDescription } from '../cluster/DisruptionBudget.ts';
import type { OwnerReference, Pod } from '../cluster/Pod.ts';
import { type Workload, workloadKey } from '../cluster/Workload.ts';
import { roundedUp } from './budgetArithmetic.ts';

/** What a budget counts with: pods that should exist, and how many of them have to stay healthy. */
export interface ExpectedPods {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

/** Why expected pods cannot be counted, in the words of the disruption controller. */
export interface CountFailure {
  readonly failure: string;
}

/** Desired replicas of owners that are no built-in workload but have a scale subresource, by `Kind/namespace/name`. */
export type CustomScales = ReadonlyMap<string, number>;

/**
 * Counts the pods that a budget expects and those that it wants healthy.
 *
 * An integer `minAvailable` counts the pods themselves, terminating and finished ones too; everything else adds up the desired replicas of
 * their owners, each once. Pods without an owner add nothing; an owner without a scale (Job, DaemonSet) makes the count fail.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go (getExpectedPodCount)
 */
export function expectedPods(
  cluster: Cluster,
  { maxUnavailable, minAvailable }: Pick<DisruptionBudgetDescription, 'maxUnavailable' | 'minAvailable'>,
  pods: ReadonlySet<Pod>,
  customScales: CustomScales,
): ExpectedPods | CountFailure {
  if (maxUnavailable === undefined && minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  if (maxUnavailable === undefined && typeof minAvailable === 'number') return { expectedPods: pods.size, desiredHealthy: minAvailable };
  const scale = totalScale(cluster, pods, customScales);
  if (typeof scale !== 'number') return scale;
  const desiredHealthy =
    maxUnavailable === undefined ? roundedUp(minAvailable ?? 0, scale) : Math.max(0, scale - roundedUp(maxUnavailable, scale));
  return { expectedPods: scale, desiredHealthy };
}

/** `Kind/namespace/name` of the owner of `pod` if it could have a scale that nobody told; undefined for built-in kinds. */
export function ownerWithoutScale({ owner, namespace }: Pod, customScales: CustomScales): string | undefined {
  if (!owner || ['', 'apps', 'batch'].includes(groupOf(owner))) return undefined;
  const key = workloadKey({ ...owner, namespace });
  return customScales.has(key) ? undefined : key;
}

function totalScale(cluster: Cluster, pods: ReadonlySet<Pod>, customScales: CustomScales): number | CountFailure {
  const replicasByOwner = new Map<string, number>();
  const seen = new Set<string>();
  let previous: OwnerReference | undefined;
  for (const pod of pods) {
    const { owner } = pod;
    // Neighbours mostly have one owner: this keeps the big set of a namespace-wide budget out of the string table.
    if (!owner || (owner.name === previous?.name && owner.kind === previous.kind)) continue;
    previous = owner;
    const key = `${owner.kind}/${owner.name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const scale = scaleOf(cluster, pod, owner, customScales);
    if ('failure' in scale) return scale;
    replicasByOwner.set(scale.key, scale.replicas);
  }
  let total = 0;
  for (const replicas of replicasByOwner.values()) total += replicas;
  return total;
}

interface Scale {
  readonly key: string;
  readonly replicas: number;
}

function scaleOf(cluster: Cluster, pod: Pod, owner: OwnerReference, customScales: CustomScales): Scale | CountFailure {
  if (!isBuiltInWithScale(owner)) {
    const key = workloadKey({ ...owner, namespace: pod.namespace });
    const replicas = customScales.get(key);
    return replicas === undefined ? { failure: `${resourceName(owner)} does not implement the scale subresource` } : { key, replicas };
  }
  const workload = cluster.ownerOf(pod);
  const scaled = workload?.kind === 'ReplicaSet' ? (deploymentOf(cluster, workload) ?? workload) : workload;
  return scaled && 'replicas' in scaled
    ? { key: workloadKey(scaled), replicas: scaled.replicas }
    : { failure: `found no controllers for pod "${pod.name}"` };
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
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
