import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import { firstOf, type Process, timeout } from '../sim/Process.ts';
import { between, type Duration, type Instant, milliseconds } from '../units.ts';
import type { Drain } from './Drain.ts';

/**
 * Asks for the eviction of `pod` until it is granted, then waits until the pod is gone or the drain is over.
 *
 * A refused pod sleeps until its budget or the pod itself changes and then asks at its own next tick, `retry` counted from its
 * refusal: the same answers at the same times as asking at every tick, and the refusals in between are counted as if it had.
 * Any other refusal (two budgets over one pod) is final: the pod stays until the drain is over.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
export function* evictPod(drain: Drain, pod: Pod): Process<void> {
  const { sim, cluster } = drain.context;
  while (!drain.isOver && drain.holds(pod)) {
    const { code, budget } = evict(cluster, pod, { now: sim.now });
    if (code === 201) return yield* untilGone(drain, pod);
    if (code !== 429) return yield* untilGivenUp(drain, pod);
    yield* untilNextTick(drain, pod, budget ?? '');
  }
}

/** Waits for an evicted pod to go, and for the poll that sees it. */
export function* untilGone(drain: Drain, pod: Pod): Process<void> {
  const { sim, watch } = drain.context;
  const { ledger, plan, over } = drain;
  const evictedAt = sim.now;
  ledger.evicted(pod.key, sim.now);
  while (!drain.isOver && drain.holds(pod)) yield firstOf(watch.pod(pod), over);
  const seenAt = nextTick(evictedAt, sim.now, plan.poll);
  if (!drain.isOver && seenAt > sim.now) yield firstOf(timeout(between(sim.now, seenAt)), over);
  ledger.gone(sim.now);
}

function* untilGivenUp(drain: Drain, pod: Pod): Process<void> {
  while (!drain.isOver && drain.holds(pod)) yield firstOf(drain.context.watch.pod(pod), drain.over);
}

/** Sleeps from a refusal to the first tick after something changed, or to the end of the drain. */
function* untilNextTick(drain: Drain, pod: Pod, budget: string): Process<void> {
  const { sim, watch } = drain.context;
  const { ledger, plan, over } = drain;
  const refusedAt = sim.now;
  ledger.refused(pod.key, budget, { times: 1, now: sim.now });
  yield firstOf(watch.budget(budget), watch.pod(pod), over);
  const wokenAt = sim.now;
  if (!drain.isOver) {
    const ticks = Math.floor(between(refusedAt, wokenAt) / plan.retry) + 1;
    yield firstOf(timeout(milliseconds(refusedAt + ticks * plan.retry - wokenAt)), over);
  }
  const missed = Math.max(0, Math.ceil(between(refusedAt, sim.now) / plan.retry) - 1);
  ledger.refused(pod.key, budget, { times: missed, now: sim.now });
  ledger.unparked(pod.key, sim.now);
}

/** The first tick of `period` from `from` that is not before `at`; without a period `at` itself. */
function nextTick(from: Instant, at: Instant, period: Duration): Instant {
  if (period === 0) return at;
  return (from + Math.ceil(between(from, at) / period) * period) as Instant;
}
