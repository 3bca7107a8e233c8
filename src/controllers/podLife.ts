import type { Pod } from '../cluster/Pod.ts';
import type { Probe } from '../cluster/PodSpec.ts';
import { type Duration, NEVER, seconds, ZERO } from '../units.ts';
import type { KubeletTiming } from './KubeletTiming.ts';
import { probing } from './probing.ts';
import { terminationTime } from './terminationTime.ts';

/** What becomes of the containers of a pod that has started, in times from Running on. */
export interface PodLife {
  readonly readyAfter: Duration;
  /** How and when the containers end by themselves, NEVER when they run on. */
  readonly end: 'Succeeded' | 'Failed';
  readonly endsAfter: Duration;
}

/** What a life depends on besides the pod and its timing. */
export interface Start {
  /** Whether all readiness gates of the pod were true once: they stay so. */
  readonly gates: 'open' | 'closed';
  /** Draws when the first tick of `probe`, which has this period, falls, in [0, period). */
  phase(period: Duration, probe: Probe): Duration;
}

/** Draws the life of `pod` from its start on. A container that a probe kills takes as long to end as a deleted one. */
export function podLife(pod: Pod, timing: KubeletTiming, { gates, phase }: Start): PodLife {
  const own = timing.ready(pod);
  const isAnswering = timing.readyIs?.(pod) === 'answering';
  const { readyAfter, killedAfter } = isAnswering
    ? probing(pod.spec, { answersAfter: own, phase })
    : { readyAfter: own, killedAfter: NEVER };
  const isGated = pod.spec.readinessGates.length > 0 && gates === 'closed';
  const gateTime = isGated ? (timing.gates?.(pod) ?? ZERO) : ZERO;
  const failsAfter = Math.min(timing.crash?.(pod) ?? NEVER, endOfKilled(pod, timing, killedAfter)) as Duration;
  const completesAfter = timing.complete?.(pod) ?? NEVER;
  const isFailure = failsAfter < completesAfter;
  return {
    readyAfter: (readyAfter + gateTime) as Duration,
    end: isFailure ? 'Failed' : 'Succeeded',
    endsAfter: isFailure ? failsAfter : completesAfter,
  };
}

function endOfKilled(pod: Pod, timing: KubeletTiming, killedAfter: Duration): Duration {
  if (killedAfter === NEVER) return NEVER;
  const grace = seconds(pod.spec.terminationGracePeriodSeconds);
  return (killedAfter + terminationTime(pod.spec, { grace, own: timing.exit(pod) })) as Duration;
}
