import type { Pod } from '../../cluster/Pod.ts';
import type { PersistentVolumeClaim } from '../../cluster/Storage.ts';
import type { PodDemands } from '../PodDemands.ts';

/** Whether a volume of `pod` is behind `claim`, ephemeral volumes included. */
export function usesClaim(pod: Pod, claim: PersistentVolumeClaim, demands: PodDemands): boolean {
  return demands.of(pod).claims.includes(`${claim.namespace}/${claim.name}`);
}

/** Whether `pod` names `claim` itself; the claims of its ephemeral volumes do not count. */
export function namesClaim(pod: Pod, claim: PersistentVolumeClaim): boolean {
  return (
    pod.namespace === claim.namespace &&
    pod.spec.volumes.some(({ source, claimName }) => source !== 'ephemeral' && claimName === claim.name)
  );
}
