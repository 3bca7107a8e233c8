import type { Pod } from '../cluster/Pod.ts';
import { EVICTED, type EvictionResponse, isForNamespace } from '../controllers/evictionResponse.ts';
import { firstOf, type Process, timeout } from '../sim/Process.ts';
import { after, between, type Duration, milliseconds, NEVER, seconds } from '../units.ts';
import { abandonPod, askEviction, firstAnswer, mayAsk, timeReached } from './askEviction.ts';
import type { Drain } from './Drain.ts';
import type { Refused } from './DrainLedger.ts';
import { ParkedEviction } from './ParkedEviction.ts';
import { sleepUntil } from './untilGone.ts';

/** What has come of asking for a pod so far. */
export interface Asked {
  /** The last answer; undefined: none that counts yet. */
  readonly answer: EvictionResponse | undefined;
  /** How often it was refused before that. */
  readonly refusals: number;
}

/**
 * Asks for the eviction of `listed` until it is granted, continuing from `asked`.
 *
 * kubectl asks by name: if another pod has that name by the next attempt (a StatefulSet pod that came back elsewhere), that pod is asked
 * for and evicted.
 *
 * A refused pod sleeps until its budget changes (for a Ready pod: until it allows a disruption) or the pod itself does, and then asks at
 * its own next tick, `retry` counted from its refusal. The answers and their times are the same as when asking at every tick, and the
 * refusals in between are counted as if it had. Any other refusal (two budgets over one pod) is final unless the plan tries all of them
 * again: the pod stays.
 * @returns the pod whose eviction was granted; undefined when it stays, is gone without it, or the drain is over.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
export function* untilEvicted(drain: Drain, listed: Pod, asked: Asked): Process<Pod | undefined> {
  let { refusals } = asked;
  let pod = listed;
  for (let given = asked.answer; mayAsk(drain, pod); given = undefined) {
    let response = given ?? firstAnswer(drain, pod) ?? (yield* askInTurn(drain, pod));
    if (response?.retryAfterSeconds !== undefined) response = yield* askUnseen(drain, pod, response);
    if (!response) return undefined;
    if (response.code === EVICTED.code) return pod;
    if (isForNamespace(response) && drain.plan.givesUp === 'podByPod') return yield* outlastNamespace(drain, pod);
    const { budget } = response;
    if (!budget || !isTriedAgain(drain, response)) return yield* giveUp(drain, pod, response);
    const parked = new ParkedEviction(drain, pod, { budget, refusals });
    parked.noteRefusal();
    yield parked;
    parked.noteEnd();
    refusals = parked.refusals;
    pod = bearerOf(drain, pod);
  }
  return undefined;
}

function isTriedAgain({ plan }: Drain, { code }: EvictionResponse): boolean {
  return code === 429 || plan.retries === 'anyRefusal';
}

/** The pod that has the name of `pod` now, for a drain that asks by name; `pod` itself if there is none. */
function bearerOf({ plan, context }: Drain, pod: Pod): Pod {
  return plan.givesUp === 'podByPod' ? (context.cluster.pods.get(pod.key) ?? pod) : pod;
}

/** Asks as soon as the client's limit allows it and no other eviction conflicts; undefined when the drain has ended by then. */
function* askInTurn(drain: Drain, pod: Pod): Process<EvictionResponse | undefined> {
  const { sim } = drain.context;
  yield* sleepUntil(drain, pod, after(sim.now, drain.turns.evictions.take(sim.now)));
  while (!drain.isOver && drain.meetsAnother(pod)) yield* sleepUntil(drain, pod, after(sim.now, conflictPause(drain, pod)));
  return drain.isOver ? undefined : askEviction(drain, pod);
}

/** How often client-go tries again by itself when the answer says after how long. */
const UNSEEN_RETRIES = 10;

/**
 * The answer that the caller of the client sees once client-go has retried after `first`; undefined when the pod or the drain is gone by
 * then.
 * @see kubernetes/client-go rest/with_retry.go (maxRetries)
 */
function* askUnseen(drain: Drain, pod: Pod, first: EvictionResponse): Process<EvictionResponse | undefined> {
  let response: EvictionResponse | undefined = first;
  for (let retries = 0; response?.retryAfterSeconds !== undefined && retries < UNSEEN_RETRIES; retries += 1) {
    yield* waitUnseen(drain, pod, response);
    if (drain.isOver || !pod.exists) return undefined;
    response = yield* askInTurn(drain, pod);
  }
  return response;
}

/** The time counts as a wait for the budget, but the refusal is not counted. */
function* waitUnseen(drain: Drain, pod: Pod, response: EvictionResponse): Process<void> {
  const { sim } = drain.context;
  const refused: Refused = { waitsFor: undefined };
  drain.ledger.refused(refused, response.budget?.key ?? '', 0, sim.now);
  yield* sleepUntil(drain, pod, after(sim.now, seconds(response.retryAfterSeconds ?? 0)));
  drain.ledger.unparked(refused, sim.now);
}

/** @see kubernetes/kubernetes pkg/registry/core/pod/storage/eviction.go (EvictionsRetry: jitter 0.1) */
function conflictPause({ plan, context: { sim } }: Drain, pod: Pod): Duration {
  return milliseconds(plan.conflictPause * (1 + 0.1 * sim.stream('conflict', pod.key).next()));
}

/**
 * The namespace of `pod` is being deleted, which refuses every eviction, and kubectl asks again and again. Only from 1.35 on it looks at the
 * pod again, and waits for its end once somebody else deletes it. Earlier ones go on until their time is over, even if the pod is gone.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
function* outlastNamespace(drain: Drain, pod: Pod): Process<Pod | undefined> {
  const { sim, watch, version } = drain.context;
  const refusedAt = sim.now;
  if (pod.isTerminating) return pod;
  const hasLetGo = () => version >= '1.35' && (pod.isTerminating || !pod.exists);
  const lastAsk = drain.deadline === NEVER ? NEVER : drain.nextAsk(refusedAt, 0, drain.deadline);
  while (!drain.isOver && sim.now < lastAsk && !hasLetGo()) {
    const timeIsOver = lastAsk === NEVER ? [] : [timeout(between(sim.now, lastAsk))];
    yield firstOf(watch.pod(pod), drain.over, ...timeIsOver);
  }
  if (drain.isOver) return undefined;
  if (!hasLetGo()) return void abandonPod(drain, pod, timeReached(drain));
  yield* sleepUntil(drain, pod, drain.nextAsk(refusedAt, 0, sim.now));
  return pod.exists ? pod : undefined;
}

/** The pod stays, as far as this drain goes. */
function* giveUp(drain: Drain, pod: Pod, { message }: EvictionResponse): Process<undefined> {
  if (drain.plan.givesUp === 'podByPod') abandonPod(drain, pod, message);
  else yield* waitForNothing(drain, pod);
  return undefined;
}

/**
 * Waits until the pod is gone or the drain is over. Until somebody deletes the pod, it counts as blocked by all of its budgets and as
 * refused once.
 */
function* waitForNothing(drain: Drain, pod: Pod): Process<void> {
  const { ledger, context } = drain;
  const { sim, cluster, watch } = context;
  const waits = cluster.budgetsSelecting(pod).map(({ key }): [string, Refused] => [key, { waitsFor: undefined }]);
  for (const [index, [budget, refused]] of waits.entries()) ledger.refused(refused, budget, index === 0 ? 1 : 0, sim.now);
  while (!drain.isOver && pod.exists) {
    yield firstOf(watch.pod(pod), drain.over);
    if (pod.isTerminating) for (const [, refused] of waits) ledger.unparked(refused, sim.now);
  }
  for (const [, refused] of waits) ledger.unparked(refused, sim.now);
}
