import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { firstOf, type Process, timeout } from '../sim/Process.ts';
import { after, between, type Duration, milliseconds, seconds, ZERO } from '../units.ts';
import type { Drain } from './Drain.ts';
import { graceFor } from './graceFor.ts';
import { ParkedEviction } from './ParkedEviction.ts';
import { attemptsBefore } from './retryTimes.ts';
import { sleepUntil, untilGone } from './untilGone.ts';

/** Lets every process that starts in this instant be there before the first of them does anything. */
export const IN_TURN = timeout(ZERO);

/**
 * Asks for the eviction of `pod` until it is granted, then waits until the pod is gone or the drain is over.
 *
 * A refused pod sleeps until its budget (for a Ready pod: what it allows) or the pod itself changes and then asks at its own next tick, `retry` counted from its
 * refusal: the same answers at the same times as asking at every tick, and the refusals in between are counted as if it had.
 * Any other refusal (two budgets over one pod) is final: the pod stays.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
export function* evictPod(drain: Drain, pod: Pod): Process<void> {
  yield IN_TURN;
  for (let refusals = 0; !drain.isOver && pod.exists; ) {
    if (drain.isOutOfTime) return drain.abandon(`${aboutPod(pod)}: global timeout reached`);
    let response = drain.asksFreely ? ask(drain, pod) : yield* askInTurn(drain, pod);
    if (response?.retryAfterSeconds !== undefined) response = yield* askUnseen(drain, pod, response);
    if (!response) return;
    if (response.code === 201) return yield* untilGone(drain, pod);
    if (response.code !== 429) return yield* giveUp(drain, pod, response);
    const parked = new ParkedEviction(drain, pod, { budget: response.budget ?? '', refusals });
    drain.ledger.refused(pod.key, parked.budget, { times: 1, now: parked.refusedAt });
    yield parked;
    refusals += 1 + countMissed(drain, pod, parked);
  }
}

function ask({ plan, context: { sim, cluster } }: Drain, pod: Pod): EvictionResponse {
  return evict(cluster, pod, { now: sim.now, gracePeriodSeconds: graceFor(plan, pod) });
}

/** Asks when the client's limit gives it a turn and no other eviction is in the way; undefined when the drain has ended by then. */
function* askInTurn(drain: Drain, pod: Pod): Process<EvictionResponse | undefined> {
  const { sim } = drain.context;
  yield* sleepUntil(drain, pod, after(sim.now, drain.turns.evictions.take(sim.now)));
  while (!drain.isOver && drain.meetsAnother(pod)) yield* sleepUntil(drain, pod, after(sim.now, conflictPause(drain, pod)));
  return drain.isOver ? undefined : ask(drain, pod);
}

/** How often client-go tries again by itself when the answer says after how long. */
const UNSEEN_RETRIES = 10;

/**
 * The answer that the caller of the client gets to see after `first`; undefined when the pod or the drain is gone by then.
 * @see kubernetes/client-go rest/with_retry.go (maxRetries)
 */
function* askUnseen(drain: Drain, pod: Pod, first: EvictionResponse): Process<EvictionResponse | undefined> {
  let response: EvictionResponse | undefined = first;
  for (let retries = 0; response?.retryAfterSeconds !== undefined && retries < UNSEEN_RETRIES; retries += 1) {
    yield* waitUnseen(drain, pod, { budget: response.budget ?? '', wait: seconds(response.retryAfterSeconds) });
    if (drain.isOver || !pod.exists) return undefined;
    response = yield* askInTurn(drain, pod);
  }
  return response;
}

/** The wait counts as one for the budget, but the refusal is nobody's to count. */
function* waitUnseen(drain: Drain, pod: Pod, { budget, wait }: { budget: string; wait: Duration }): Process<void> {
  const { sim } = drain.context;
  drain.ledger.refused(pod.key, budget, { times: 0, now: sim.now });
  yield* sleepUntil(drain, pod, after(sim.now, wait));
  drain.ledger.unparked(pod.key, sim.now);
}

/** @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go (EvictionsRetry: jitter 0.1) */
function conflictPause({ plan, context: { sim } }: Drain, pod: Pod): Duration {
  return milliseconds(plan.conflictPause * (1 + 0.1 * sim.stream('conflict', pod.key).next()));
}

function* giveUp(drain: Drain, pod: Pod, { message }: EvictionResponse): Process<void> {
  if (drain.plan.givesUp === 'podByPod') return drain.abandon(`${aboutPod(pod)}: ${message}`);
  while (!drain.isOver && pod.exists) yield firstOf(drain.context.watch.pod(pod), drain.over);
}

function aboutPod({ namespace, name }: Pod): string {
  return `error when evicting pods/"${name}" -n "${namespace}"`;
}

/** How many more refusals there would have been if `pod` had asked at every tick up to now. */
function countMissed({ plan, ledger, context: { sim } }: Drain, pod: Pod, { budget, refusals, refusedAt }: ParkedEviction): number {
  const missed = attemptsBefore(plan, refusals, between(refusedAt, sim.now));
  ledger.refused(pod.key, budget, { times: missed, now: sim.now });
  ledger.unparked(pod.key, sim.now);
  return missed;
}
