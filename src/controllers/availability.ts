import type { Pod } from '../cluster/Pod.ts';
import { after, type Instant, seconds } from '../units.ts';

/**
 * When `pod` counts as available: the instant from which it has been Ready for `minReadySeconds`; undefined while it is not Ready.
 * @see kubernetes/kubernetes pkg/api/v1/pod/util.go (IsPodAvailable)
 */
export function availableFrom(pod: Pod, minReadySeconds: number): Instant | undefined {
  return pod.ready ? after(pod.readySince, seconds(minReadySeconds)) : undefined;
}

/** Whether `pod` is active and available at `now`. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: Instant): boolean {
  const from = availableFrom(pod, minReadySeconds);
  return from !== undefined && from <= now && isActive(pod);
}

/** Neither finished nor being deleted: what a controller counts. */
export function isActive(pod: Pod): boolean {
  return !pod.isFinished && !pod.isTerminating;
}
