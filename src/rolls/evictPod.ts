import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { firstOf, type Process } from '../sim/Process.ts';
import { after, between, type Duration, milliseconds, seconds } from '../units.ts';
import type { Drain } from './Drain.ts';
import { graceFor } from './graceFor.ts';
import { ParkedEviction, type RefusedEviction } from './ParkedEviction.ts';
import { attemptsBefore } from './retryTimes.ts';
import { sleepUntil, untilGone } from './untilGone.ts';

/**
 * Asks for the eviction of `pod` until it is granted, then waits until the pod is gone or the drain is over.
 *
 * A refused pod sleeps until its budget (for a Ready pod: what it allows) or the pod itself changes and then asks at its own next tick, `retry` counted from its
 * refusal: the same answers at the same times as asking at every tick, and the refusals in between are counted as if it had.
 * Any other refusal (two budgets over one pod) is final: the pod stays.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
export function* evictPod(drain: Drain, pod: Pod): Process<void> {
  for (let refusals = 0; !drain.isOver && drain.holds(pod); ) {
    if (drain.isOutOfTime) return drain.abandon(`${aboutPod(pod)}: global timeout reached`);
    const response = yield* ask(drain, pod);
    if (!response) return;
    if (response.code === 201) return yield* untilGone(drain, pod);
    if (response.code !== 429) return yield* giveUp(drain, pod, response);
    refusals += yield* untilNextTick(drain, pod, { budget: response.budget ?? '', refusals });
  }
}

/** How often client-go tries again by itself when the answer says after how long. */
const UNSEEN_RETRIES = 10;

/**
 * The answer that the caller of the client gets to see; undefined when the pod or the drain is gone by then.
 * @see kubernetes/client-go rest/with_retry.go (maxRetries)
 */
function* ask(drain: Drain, pod: Pod): Process<EvictionResponse | undefined> {
  for (let retries = 0; ; retries += 1) {
    const response = yield* askOnce(drain, pod);
    if (response?.retryAfterSeconds === undefined || retries === UNSEEN_RETRIES) return response;
    yield* waitUnseen(drain, pod, { budget: response.budget ?? '', wait: seconds(response.retryAfterSeconds) });
    if (drain.isOver || !drain.holds(pod)) return undefined;
  }
}

/** The wait counts as one for the budget, but the refusal is nobody's to count. */
function* waitUnseen(drain: Drain, pod: Pod, { budget, wait }: { budget: string; wait: Duration }): Process<void> {
  const { sim } = drain.context;
  drain.ledger.refused(pod.key, budget, { times: 0, now: sim.now });
  yield* sleepUntil(drain, pod, after(sim.now, wait));
  drain.ledger.unparked(pod.key, sim.now);
}

/** One attempt, when the client's limit gives it a turn; undefined when the drain has ended by then. */
function* askOnce(drain: Drain, pod: Pod): Process<EvictionResponse | undefined> {
  const { sim, cluster } = drain.context;
  const wait = drain.turns.evictions.take(sim.now);
  if (wait > 0) yield* sleepUntil(drain, pod, after(sim.now, wait));
  while (!drain.isOver && drain.meetsAnother(pod)) yield* sleepUntil(drain, pod, after(sim.now, conflictPause(drain, pod)));
  if (drain.isOver) return undefined;
  return evict(cluster, pod, { now: sim.now, gracePeriodSeconds: graceFor(drain.plan, pod) });
}

/** @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go (EvictionsRetry: jitter 0.1) */
function conflictPause({ plan, context: { sim } }: Drain, pod: Pod): Duration {
  return milliseconds(plan.conflictPause * (1 + 0.1 * sim.stream('conflict', pod.key).next()));
}

function* giveUp(drain: Drain, pod: Pod, { message }: EvictionResponse): Process<void> {
  if (drain.plan.givesUp === 'podByPod') return drain.abandon(`${aboutPod(pod)}: ${message}`);
  while (!drain.isOver && drain.holds(pod)) yield firstOf(drain.context.watch.pod(pod), drain.over);
}

function aboutPod({ namespace, name }: Pod): string {
  return `error when evicting pods/"${name}" -n "${namespace}"`;
}

/**
 * Sleeps from a refusal to the first tick after something changed or the time is over, or to the end of the drain; tells how many more
 * refusals that makes.
 */
function* untilNextTick(drain: Drain, pod: Pod, refused: RefusedEviction): Process<number> {
  const { sim } = drain.context;
  const { ledger, plan } = drain;
  const { budget, refusals } = refused;
  const refusedAt = sim.now;
  ledger.refused(pod.key, budget, { times: 1, now: sim.now });
  yield new ParkedEviction(drain, pod, refused);
  const missed = attemptsBefore(plan, refusals, between(refusedAt, sim.now));
  ledger.refused(pod.key, budget, { times: missed, now: sim.now });
  ledger.unparked(pod.key, sim.now);
  return 1 + missed;
}
