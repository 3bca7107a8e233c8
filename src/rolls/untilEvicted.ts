import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { firstOf, type Process } from '../sim/Process.ts';
import { after, between, type Duration, milliseconds, seconds } from '../units.ts';
import type { Drain } from './Drain.ts';
import type { Refused } from './DrainLedger.ts';
import { ParkedEviction } from './ParkedEviction.ts';
import { attemptsBefore } from './retryTimes.ts';
import { sleepUntil } from './untilGone.ts';

/** What has come of asking for a pod so far. */
export interface Asked {
  /** The last answer; undefined: none that counts yet. */
  readonly answer: EvictionResponse | undefined;
  /** How often it was refused before that. */
  readonly refusals: number;
}

/**
 * Asks for the eviction of `pod` until it is granted, from where `asked` has come.
 *
 * A refused pod sleeps until its budget (for a Ready pod: what it allows) or the pod itself changes and then asks at its own next tick,
 * `retry` counted from its refusal: the same answers at the same times as asking at every tick, and the refusals in between are counted as
 * if it had.
 * Any other refusal (two budgets over one pod) is final: the pod stays.
 * @returns whether it was granted; false when the pod stays, is gone without it, or the drain is over.
 * @see kubernetes/kubectl pkg/drain/drain.go (evictPods)
 */
export function* untilEvicted(drain: Drain, pod: Pod, asked: Asked): Process<boolean> {
  let { refusals } = asked;
  for (let given = asked.answer; mayAsk(drain, pod); given = undefined) {
    let response = given ?? firstAnswer(drain, pod) ?? (yield* askInTurn(drain, pod));
    if (response?.retryAfterSeconds !== undefined) response = yield* askUnseen(drain, pod, response);
    if (!response) return false;
    if (response.code === 201) return true;
    const { code, budget } = response;
    if (code !== 429 || !budget) return yield* giveUp(drain, pod, response);
    const parked = new ParkedEviction(drain, pod, { budget, refusals });
    park(parked);
    yield parked;
    unpark(parked);
    refusals = parked.refusals;
  }
  return false;
}

/** Whether `pod` can be asked for at this time. One whose time is over is given up. */
export function mayAsk(drain: Drain, pod: Pod): boolean {
  if (drain.isOver || !pod.exists) return false;
  if (!drain.isOutOfTime) return true;
  drain.abandon(`${aboutPod(pod)}: global timeout reached`);
  return false;
}

/** Asks for the eviction of `pod` if that needs no waiting; undefined where it may. */
export function firstAnswer(drain: Drain, pod: Pod): EvictionResponse | undefined {
  return drain.asksFreely ? ask(drain, pod) : undefined;
}

/** Asks for the eviction of `pod` now. */
export function ask(drain: Drain, pod: Pod): EvictionResponse {
  return evict(drain.context.cluster, pod, drain.requestFor(pod));
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
 * The answer that the caller of the client gets to see after a first one; undefined when the pod or the drain is gone by then.
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

/** The wait counts as one for the budget, but the refusal is nobody's to count. */
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

/** The pod stays, as far as this drain goes. */
function* giveUp(drain: Drain, pod: Pod, { message }: EvictionResponse): Process<false> {
  if (drain.plan.givesUp === 'podByPod') drain.abandon(`${aboutPod(pod)}: ${message}`);
  else while (!drain.isOver && pod.exists) yield firstOf(drain.context.watch.pod(pod), drain.over);
  return false;
}

function aboutPod({ namespace, name }: Pod): string {
  return `error when evicting pods/"${name}" -n "${namespace}"`;
}

/** The budget that `answer` says is used up, which the caller of the client gets to see; undefined for any other answer. */
export function exhaustedBudget({ code, retryAfterSeconds, budget }: EvictionResponse): DisruptionBudget | undefined {
  return code === 429 && retryAfterSeconds === undefined ? budget : undefined;
}

/** Takes note that a pod has been refused once more and begins to wait for its budget. */
export function park(parked: ParkedEviction): void {
  parked.drain.ledger.refused(parked, parked.budget.key, 1, parked.refusedAt);
}

/** Takes note that the wait of a pod is over, and counts the refusals that there would have been if it had asked at every tick up to now. */
export function unpark(parked: ParkedEviction): void {
  const { plan, ledger, context } = parked.drain;
  const { now } = context.sim;
  const missed = attemptsBefore(plan, parked.refusals, between(parked.refusedAt, now));
  ledger.refusedAgain(parked, missed);
  ledger.unparked(parked, now);
  parked.refusals += 1 + missed;
}
