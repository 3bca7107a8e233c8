import type { Container, PodSpec, Probe } from '../cluster/PodSpec.ts';
import { type Duration, milliseconds, NEVER, seconds, ZERO } from '../units.ts';

/** Between a container's start, or the success of its startup probe, and the readiness probe that this triggers. */
const TRIGGERED_AFTER = milliseconds(500);

/** What the probes of a pod find, in times from Running on. */
export interface Probing {
  /** Until all of its containers are ready; NEVER when one of them does not answer or is killed before. */
  readonly readyAfter: Duration;
  /** Until the first of its containers is killed by its startup or liveness probe; NEVER when none is. */
  readonly killedAfter: Duration;
}

/** What the probes depend on besides the pod. */
export interface Answering {
  /** From Running until all containers answer every probe; before, they fail each at once. */
  readonly answersAfter: Duration;
  /** Draws when the first tick of `probe`, which has this period, falls, in [0, period). */
  probeOffset(period: Duration, probe: Probe): Duration;
}

/**
 * What the probes of `spec` make of containers that begin to answer after a while. A container without a readiness probe is ready as soon
 * as it has started.
 *
 * Ticks come every period from a random offset on; a readiness probe also follows the start within 0.5 s, if its initial delay allows.
 * @see kubernetes/kubernetes pkg/kubelet/prober/worker.go, prober_manager.go
 */
export function probing({ containers, initContainers }: PodSpec, answering: Answering): Probing {
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always');
  const all = [...sidecars, ...containers].map((container) => probeContainer(container, answering));
  const killedAfter = Math.min(...all.map((one) => one.killedAfter)) as Duration;
  const readyAfter = Math.max(...all.map((one) => one.readyAfter)) as Duration;
  return { killedAfter, readyAfter: killedAfter <= readyAfter ? NEVER : readyAfter };
}

function probeContainer({ startupProbe, readinessProbe, livenessProbe }: Container, answering: Answering): Probing {
  const startup = startupProbe ? probeFrom(startupProbe, ZERO, answering) : STARTED;
  const startedAfter = startup.succeedsAfter;
  if (startedAfter === NEVER) return { readyAfter: NEVER, killedAfter: startup.failsAfter };
  const readyAfter = readinessProbe ? readinessFrom(readinessProbe, startedAfter, answering) : startedAfter;
  const killedAfter = livenessProbe ? probeFrom(livenessProbe, startedAfter, answering).failsAfter : NEVER;
  return { readyAfter, killedAfter };
}

const STARTED = { succeedsAfter: ZERO, failsAfter: NEVER };

/** A probe that is done from `from` on: its first success, or, if that comes before, the failure that reaches the threshold. */
function probeFrom(probe: Probe, from: Duration, { answersAfter, probeOffset }: Answering) {
  const first = probeOffset(seconds(probe.periodSeconds), probe);
  const lastFailure = nthTick(probe, { first, from }, probe.failureThreshold);
  if (lastFailure < answersAfter) return { succeedsAfter: NEVER, failsAfter: lastFailure };
  return { succeedsAfter: nthTick(probe, { first, from: latest(from, answersAfter) }, 1), failsAfter: NEVER };
}

function readinessFrom(probe: Probe, startedAfter: Duration, { answersAfter, probeOffset }: Answering): Duration {
  const ticks = { first: probeOffset(seconds(probe.periodSeconds), probe), from: latest(startedAfter, answersAfter) };
  if (answersAfter === NEVER) return NEVER;
  const last = nthTick(probe, ticks, probe.successThreshold);
  const triggered = startedAfter + TRIGGERED_AFTER;
  const isSuccess = triggered >= latest(answersAfter, seconds(probe.initialDelaySeconds));
  if (!isSuccess || triggered >= last) return last;
  return (probe.successThreshold === 1 ? triggered : latest(triggered, last - seconds(probe.periodSeconds))) as Duration;
}

interface Ticks {
  readonly first: Duration;
  readonly from: Duration;
}

/** The `n`th tick, from 1, at or after `from` and the initial delay. */
function nthTick({ periodSeconds, initialDelaySeconds }: Probe, { first, from }: Ticks, n: number): Duration {
  const period = seconds(periodSeconds);
  const skipped = Math.max(0, Math.ceil((latest(from, seconds(initialDelaySeconds)) - first) / period));
  return (first + (skipped + n - 1) * period) as Duration;
}

function latest(a: number, b: number): Duration {
  return Math.max(a, b) as Duration;
}
