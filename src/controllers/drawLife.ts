import type { Pod } from '../cluster/Pod.ts';
import type { Probe } from '../cluster/PodSpec.ts';
import { type Duration, NEVER, seconds, ZERO } from '../units.ts';
import type { KubeletTiming } from './KubeletTiming.ts';
import { probing } from './probing.ts';
import { stopHooksOf, terminationTime } from './terminationTime.ts';

/** What becomes of the containers of a pod that has started, in times from Running on. */
export interface ContainerLife {
  readonly pod: Pod;
  /** How its containers end by themselves; undefined: they run on. */
  end: OwnEnd | undefined;
}

export interface OwnEnd {
  readonly phase: 'Succeeded' | 'Failed';
  readonly after: Duration;
}

/** What a life depends on besides the pod and its timing. */
export interface Start {
  /** Whether `pod` has readiness gates that were never all true: once they are, they stay so. */
  waitsForGates(pod: Pod): boolean;
  /** Draws when the first tick of `probe`, which has this period, falls, in [0, period). */
  probeOffset(pod: Pod, period: Duration, probe: Probe): Duration;
}

/**
 * Draws the life of its pod into `life`, from the start on. A container that a probe kills takes as long to end as a deleted one.
 * @returns the time from Running to Ready.
 */
export function drawLife(life: ContainerLife, timing: KubeletTiming, start: Start): Duration {
  const { pod } = life;
  const own = timing.ready(pod);
  const gateTime = start.waitsForGates(pod) ? (timing.gates?.(pod) ?? ZERO) : ZERO;
  if (!timing.runsOn?.(pod)) return (drawEnd(life, own, { timing, start }) + gateTime) as Duration;
  life.end = undefined;
  return (own + gateTime) as Duration;
}

/** Draws how its pod ends by itself, if it does. @returns the time from Running until its containers are ready. */
function drawEnd(
  life: ContainerLife,
  own: Duration,
  { timing, start }: { readonly timing: KubeletTiming; readonly start: Start },
): Duration {
  const { pod } = life;
  const isAnswering = timing.readyIs?.(pod) === 'answering';
  const probes = isAnswering
    ? probing(pod.spec, { answersAfter: own, probeOffset: (period, probe) => start.probeOffset(pod, period, probe) })
    : undefined;
  const failsAfter = Math.min(timing.crash?.(pod) ?? NEVER, endOfKilled(pod, timing, probes?.killedAfter ?? NEVER)) as Duration;
  const completesAfter = completion(pod, timing);
  life.end = firstEnd(failsAfter, completesAfter);
  return probes?.readyAfter ?? own;
}

/**
 * From Running to the successful end of `pod`. Under the restart policy Always there is none: its containers are started again.
 * @see kubernetes/kubernetes pkg/kubelet/kubelet_pods.go (getPhase)
 */
function completion(pod: Pod, timing: KubeletTiming): Duration {
  return pod.spec.restartPolicy === 'Always' ? NEVER : (timing.complete?.(pod) ?? NEVER);
}

function firstEnd(failsAfter: Duration, completesAfter: Duration): OwnEnd | undefined {
  if (failsAfter < completesAfter) return { phase: 'Failed', after: failsAfter };
  return completesAfter === NEVER ? undefined : { phase: 'Succeeded', after: completesAfter };
}

function endOfKilled(pod: Pod, timing: KubeletTiming, killedAfter: Duration): Duration {
  if (killedAfter === NEVER) return NEVER;
  const grace = seconds(pod.spec.terminationGracePeriodSeconds);
  return (killedAfter + terminationTime(stopHooksOf(pod.spec), { grace, own: timing.exit(pod) })) as Duration;
}
