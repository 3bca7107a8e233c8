import type { Cluster } from '../../cluster/Cluster.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { StatefulSet } from '../../cluster/Workload.ts';

/**
 * Whether `pod`, which was asked to go or is gone, needs no replacement: its workload was scaled down and has enough other pods.
 * @see kubernetes/kubernetes pkg/controller/replicaset/replica_set.go (manageReplicas), pkg/controller/statefulset/stateful_set_control.go
 * (processCondemned)
 */
export function isSurplus(cluster: Cluster, pod: Pod): boolean {
  const owner = cluster.ownerOf(pod);
  if (!owner || !('replicas' in owner)) return false;
  if (owner.kind === 'StatefulSet') return isBeyond(owner, pod);
  let others = 0;
  for (const other of cluster.podsOwnedBy(owner)) if (!other.isTerminating && !other.isFinished) others += 1;
  return others >= owner.replicas;
}

function isBeyond({ name, firstOrdinal, replicas }: StatefulSet, pod: Pod): boolean {
  const ordinal = Number(pod.name.slice(name.length + 1));
  return ordinal < firstOrdinal || ordinal >= firstOrdinal + replicas;
}
