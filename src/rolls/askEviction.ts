import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { formatGoDuration } from '../units.ts';
import type { Drain } from './Drain.ts';

/** Evicts `pod` for `drain`, now and without waiting. */
export function askEviction(drain: Drain, pod: Pod): EvictionResponse {
  return evict(drain.context.cluster, pod, drain.requestFor(pod));
}

/** The answer for `pod` if the drain can ask without waiting; otherwise undefined. */
export function firstAnswer(drain: Drain, pod: Pod): EvictionResponse | undefined {
  return drain.asksFreely ? askEviction(drain, pod) : undefined;
}

/** Whether `pod` may be evicted by the drain at this time. A pod whose time is over is given up. */
export function mayAsk(drain: Drain, pod: Pod): boolean {
  if (drain.isOver || !pod.exists) return false;
  if (!drain.isOutOfTime) return true;
  abandonPod(drain, pod, timeReached(drain));
  return false;
}

/** Why a pod is given up whose time is over, in the words of kubectl. */
export function timeReached({ plan }: Drain): string {
  return `global timeout reached: ${formatGoDuration(plan.timeout)}`;
}

/** Records that `pod` stays and why, in the words of kubectl. */
export function abandonPod(drain: Drain, { namespace, name }: Pod, why: string): void {
  drain.abandon(`error when evicting pods/"${name}" -n "${namespace}": ${why}`);
}

/** The budget that `answer` reports as exhausted, which is an answer that the caller of the client sees; undefined for any other answer. */
export function exhaustedBudget({ code, retryAfterSeconds, budget }: EvictionResponse): DisruptionBudget | undefined {
  return code === 429 && retryAfterSeconds === undefined ? budget : undefined;
}
