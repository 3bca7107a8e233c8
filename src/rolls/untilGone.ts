import type { Pod } from '../cluster/Pod.ts';
import { backgroundTimeout, firstOf, type Process, timeout } from '../sim/Process.ts';
import { after, between, type Duration, type Instant, instant } from '../units.ts';
import type { Drain } from './Drain.ts';
import { isSkipped } from './drainFilter.ts';

/**
 * Waits until the drain notices that an evicted pod is gone: it looks at once, and then every `poll` from the eviction. A look notices only
 * a pod that was gone before its instant, because an object goes a few milliseconds after its containers. It waits no longer for a pod that the
 * plan skips.
 * @see kubernetes/kubectl pkg/drain/drain.go (WaitForDelete), kubernetes/apimachinery pkg/util/wait/loop.go
 */
export function* untilGone(drain: Drain, pod: Pod): Process<void> {
  const { sim } = drain.context;
  const ticks = new Ticker(sim.now, drain.plan.poll);
  for (let lookAt = sim.now; yield* look(drain, pod, lookAt); lookAt = ticks.next(sim.now)) {
    if (drain.isOver) return;
    if (isOutOfTime(drain)) return drain.abandon(stillTerminating(pod));
  }
}

function isOutOfTime({ plan, exitDeadline, context }: Drain): boolean {
  return plan.givesUp === 'podByPod' && context.sim.now >= exitDeadline;
}

function stillTerminating({ namespace, name }: Pod): string {
  return `error when waiting for pod "${name}" in namespace "${namespace}" to terminate: context deadline exceeded`;
}

/** Sleeps until `at`, or until the drain is over. While `pod` exists, its own end is what keeps the run going. */
export function* sleepUntil(drain: Drain, pod: Pod, at: Instant): Process<void> {
  const { sim, watch } = drain.context;
  while (!drain.isOver && sim.now < at) {
    const rest = between(sim.now, at);
    if (pod.exists && pod.isTerminating) yield firstOf(backgroundTimeout(rest), watch.pod(pod), drain.over);
    else yield firstOf(timeout(rest), drain.over);
  }
}

/** Waits until `at` and then for a turn by the limit of the client; tells whether `pod` was there the moment before. */
function* look(drain: Drain, pod: Pod, at: Instant): Process<boolean> {
  if (drain.plan.givesUp === 'podByPod' && at > drain.exitDeadline) {
    yield* sleepUntil(drain, pod, drain.exitDeadline);
    return pod.exists;
  }
  yield* sleepUntil(drain, pod, momentBefore(at));
  const askAt = after(at, drain.turns.looks.take(at));
  yield* sleepUntil(drain, pod, momentBefore(askAt));
  const isThere = pod.exists && !isSkipped(pod, drain.plan, askAt);
  yield* sleepUntil(drain, pod, askAt);
  return isThere;
}

/** The last instant of the clock before `at`. */
export function momentBefore(at: Instant): Instant {
  return instant(at - 1);
}

/** Ticks of a fixed period. Like a Go ticker, it keeps one of the ticks that pass while nobody listens. */
export class Ticker {
  private readonly start: Instant;
  private readonly period: Duration;
  private last: Instant;

  constructor(start: Instant, period: Duration) {
    this.start = start;
    this.period = period;
    this.last = start;
  }

  /** When the next tick reaches who listens from `now` on. */
  next(now: Instant): Instant {
    const due = after(this.last, this.period);
    this.last = due > now ? due : instant(this.start + Math.floor(between(this.start, now) / this.period) * this.period);
    return Math.max(due, now) as Instant;
  }
}
