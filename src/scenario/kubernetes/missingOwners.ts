import type { ClusterObjects } from '../../cluster/ClusterObjects.ts';
import { workloadKey } from '../../cluster/Workload.ts';
import type { Finding } from '../Scenario.ts';

/** Pods whose controller is not among the objects, so that nothing will replace them after an eviction. One finding for each controller. */
export function missingOwners({ pods, workloads }: Pick<ClusterObjects, 'pods' | 'workloads'>): Finding[] {
  const known = new Set(workloads.map(workloadKey));
  const orphans = new Map<string, number>();
  for (const { owner, namespace } of pods) {
    if (!owner || owner.kind === 'Node') continue;
    const key = workloadKey({ kind: owner.kind, namespace, name: owner.name });
    if (!known.has(key)) orphans.set(key, (orphans.get(key) ?? 0) + 1);
  }
  return [...orphans].map(([object, count]) => ({
    code: 'OWNER_MISSING',
    severity: 'warning',
    object,
    message: `${object} owns ${count} of the pods and is not among the objects: its pods will not be replaced when they are evicted`,
    hint: 'dump the workloads of the same moment too; a controller of your own has to be described as a Deployment or StatefulSet',
  }));
}
