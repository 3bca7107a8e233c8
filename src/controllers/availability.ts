import type { Pod } from '../cluster/Pod.ts';
import { after, type Instant, seconds } from '../units.ts';

/**
 * When `pod` counts as available: the instant from which it has been Ready, `since` then, for `minReadySeconds`; undefined while it is not
 * Ready.
 * @see kubernetes/kubernetes pkg/api/v1/pod/util.go (IsPodAvailable)
 */
export function availableFrom(pod: Pod, minReadySeconds: number, since = pod.readySince): Instant | undefined {
  return pod.ready ? after(since, seconds(minReadySeconds)) : undefined;
}

/** Neither finished nor being deleted: what a controller counts. */
export function isActive(pod: Pod): boolean {
  return !pod.isFinished && !pod.isTerminating;
}
