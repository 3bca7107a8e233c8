import type { Cluster } from '../../cluster/Cluster.ts';
import type { Pod } from '../../cluster/Pod.ts';

/** Who failed a pod that nobody had asked to go, by the reason of its DisruptionTarget condition. */
export type EndedBy = 'TerminationByKubelet' | 'DeletionByPodGC';

/** Who failed `pod` without asking it to go: the shutdown of its node, or the pod garbage collector because its Node object is gone. */
export function endedBy(cluster: Cluster, pod: Pod): EndedBy | undefined {
  if (pod.killedFor === 'shutdown') return 'TerminationByKubelet';
  const isCollected = pod.phase === 'Failed' && pod.nodeName !== undefined && cluster.nodeOf(pod) === undefined;
  return isCollected ? 'DeletionByPodGC' : undefined;
}
