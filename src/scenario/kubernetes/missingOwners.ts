import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { PodDescription } from '../../cluster/Pod.ts';
import { workloadKey } from '../../cluster/Workload.ts';
import { formatCount } from '../../units.ts';
import type { Finding } from '../Scenario.ts';

/** Pods whose controller is not among the objects, so that nothing will replace them after an eviction. One finding for each controller. */
export function missingOwners({ pods, workloads }: Pick<ClusterObjects, 'pods' | 'workloads'>): Finding[] {
  const known = new Set(workloads.map(workloadKey));
  const orphans = new Map<string, PodDescription[]>();
  for (const pod of pods) {
    const { owner, namespace } = pod;
    if (!owner || owner.kind === 'Node') continue;
    const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
    if (known.has(key)) continue;
    const others = orphans.get(key);
    if (others) others.push(pod);
    else orphans.set(key, [pod]);
  }
  return [...orphans].map(([object, owned]) => ({
    code: 'OWNER_MISSING',
    severity: 'warning',
    object,
    message: `${object} owns ${formatCount(owned.length)} of the pods and is not among the objects: ${consequence(owned, workloads)}`,
    hint: 'dump the workloads of the same moment too; a controller of your own has to be described as a Deployment or StatefulSet',
  }));
}

/** What becomes of the pods of one missing owner. The Deployment of a missing ReplicaSet does not know that it has pods. */
function consequence([first]: readonly PodDescription[], workloads: ClusterObjects['workloads']): string {
  const lost = 'its pods will not be replaced when they are evicted';
  if (first?.owner?.kind !== 'ReplicaSet') return lost;
  const deployment = workloads.find(
    ({ kind, namespace, selector }) => kind === 'Deployment' && namespace === first.namespace && selectorMatches(selector, first.labels),
  );
  return deployment ? `${lost}, and ${workloadKey(deployment)} makes all of its own beside them` : lost;
}
