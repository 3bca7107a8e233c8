import type { Container, PodSpec } from '../cluster/PodSpec.ts';
import { Remembered } from '../cluster/Remembered.ts';
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

/** What the time to the end of a pod depends on in its spec: how long its preStop hooks take. */
export interface StopHooks {
  /** The longest one of a main container: that container ends last. undefined without any. */
  readonly longest: Duration | undefined;
  /** Those of sidecars, in the order in which these get their SIGTERM. */
  readonly sidecars: readonly Duration[];
}

export function stopHooksOf(spec: PodSpec): StopHooks {
  return stopHooks.of(spec);
}

const stopHooks = new Remembered(({ containers, initContainers }: PodSpec): StopHooks => {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always').reverse();
  const hook = ({ preStopSeconds }: Container) => seconds(preStopSeconds);
  const longest = containers.length === 0 ? undefined : (Math.max(...containers.map(hook)) as Duration);
  return longest === ZERO && sidecars.length === 0 ? NO_HOOKS : { longest, sidecars: sidecars.map(hook) };
});

/** Those of nearly all pods: one object, which is always at hand. */
const NO_HOOKS: StopHooks = { longest: ZERO, sidecars: [] };

/**
 * Time from the deletion of a pod to the end of its last container: preStop hooks, which count against the grace period, then SIGTERM, then
 * SIGKILL when the grace period is over but not within 2 s of SIGTERM. Sidecars get their SIGTERM after the main containers have ended, in
 * reverse order.
 * @see kubernetes/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer), kuberuntime_termination_order.go
 */
export function terminationTime({ longest, sidecars }: StopHooks, ending: Ending): Duration {
  let end = longest === undefined ? ZERO : endOf(longest, ZERO, ending);
  for (const hook of sidecars) end = endOf(hook, end, ending);
  return end;
}

/** When a container with such a hook has ended, if it gets its SIGTERM no earlier than `turn`; all times count from the deletion. */
function endOf(hook: Duration, turn: Duration, { grace, own, noticedAfter = ZERO }: Ending): Duration {
  const stopAt = Math.min(Math.max(hook, turn), grace);
  const killAt = stopAt + Math.max(LEAST_WINDOW, grace - stopAt);
  return Math.min(Math.max(stopAt, noticedAfter) + own, killAt) as Duration;
}
