import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';

/**
 * Whether `pod` needs a persistent volume whose disk a reset has wiped: it is bound to its node and then waits in ContainerCreating
 * for ever, because the volume is still Bound and no longer there.
 */
export function hasDestroyedVolume(cluster: Cluster, pod: Pod, destroyed: ReadonlySet<string>): boolean {
  if (destroyed.size === 0) return false;
  return pod.spec.volumes.some(({ claimName }) => {
    const claim = claimName === undefined ? undefined : cluster.storage.claims.get(`${pod.namespace}/${claimName}`);
    return claim?.volumeName !== undefined && destroyed.has(claim.volumeName);
  });
}
