import type { Container, PodSpec } from '../cluster/PodSpec.ts';
import { type Duration, seconds, ZERO } from '../units.ts';

/** The least time between SIGTERM and SIGKILL, also when a preStop hook has used up the grace period. */
const LEAST_WINDOW = seconds(2);

/** One deletion as its kubelet sees it. */
export interface Ending {
  readonly grace: Duration;
  /** What each container takes from SIGTERM to its end when nobody kills it. */
  readonly own: Duration;
  /** Time between the deletion and the moment from which `own` counts at the earliest. */
  readonly noticedAfter?: Duration | undefined;
}

/**
 * Time from the deletion of a pod to the end of its last container: preStop hooks, which count against the grace period, then SIGTERM,
 * then SIGKILL when the grace period is over, but never within 2 s of SIGTERM. Sidecars get their SIGTERM after the main containers have
 * ended, last one first.
 * @see kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer), kuberuntime_termination_order.go
 */
export function terminationTime({ containers, initContainers }: PodSpec, ending: Ending): Duration {
  let end = ZERO;
  for (const container of containers) end = Math.max(end, endOf(container, ZERO, ending)) as Duration;
  for (let i = initContainers.length - 1; i >= 0; i -= 1) {
    const container = initContainers[i];
    if (container?.restartPolicy === 'Always') end = endOf(container, end, ending);
  }
  return end;
}

/** When `container` has ended that is to get its SIGTERM not before `turn`; all times from the deletion on. */
function endOf({ preStopSeconds }: Container, turn: Duration, { grace, own, noticedAfter = ZERO }: Ending): Duration {
  const stopAt = Math.min(Math.max(seconds(preStopSeconds), turn), grace);
  const killAt = stopAt + Math.max(LEAST_WINDOW, grace - stopAt);
  return Math.min(Math.max(stopAt, noticedAfter) + own, killAt) as Duration;
}
