import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';

/** The object a person thinks of when a pod is gone: its Deployment rather than the ReplicaSet; a bare or static pod is its own (kind `Pod`). */
export interface WorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Follows the controllers of `pod` up to the last one. An owner that the cluster does not hold is named as the pod names it. */
export function topWorkload(cluster: Cluster, pod: Pod): WorkloadName {
  const { namespace, owner } = pod;
  if (!owner || owner.kind === 'Node') return { kind: 'Pod', namespace, name: pod.name };
  const parent = cluster.ownerOf(pod)?.owner;
  return parent ? { kind: parent.kind, namespace, name: parent.name } : { kind: owner.kind, namespace, name: owner.name };
}
