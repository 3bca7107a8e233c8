import type { Cluster } from '../cluster/Cluster.ts';
import type { LabelSelector, Requirement } from '../cluster/LabelSelector.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { Workload } from '../cluster/Workload.ts';

/**
 * The siblings that a pod without spread constraints is spread with: those that its Services and its owner select.
 * @returns undefined when neither selects anything, and there is no spreading.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/helper/spread.go (DefaultSelector)
 */
export function defaultSpreadSelector(cluster: Cluster, pod: Pod): LabelSelector | undefined {
  const labels = new Map<string, Requirement>();
  for (const { selector } of cluster.servicesOfClass(pod.podClass))
    for (const requirement of selector?.requirements ?? []) labels.set(requirement.key, requirement);
  const owner = cluster.ownerOf(pod);
  if (owner?.kind === 'ReplicationController') {
    for (const requirement of owner.selector.requirements) labels.set(requirement.key, requirement);
  }
  const requirements = [...labels.values(), ...(owner ? ownRequirements(owner) : [])];
  return requirements.length > 0 ? { requirements } : undefined;
}

function ownRequirements(owner: Workload): readonly Requirement[] {
  return owner.kind === 'ReplicaSet' || owner.kind === 'StatefulSet' ? owner.selector.requirements : [];
}
