import type { DisruptionBudget } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { evict } from '../controllers/evict.ts';
import type { EvictionResponse } from '../controllers/evictionResponse.ts';
import { formatGoDuration } from '../units.ts';
import type { Drain } from './Drain.ts';

/** Asks for the eviction of `pod` now. */
export function askEviction(drain: Drain, pod: Pod): EvictionResponse {
  return evict(drain.context.cluster, pod, drain.requestFor(pod));
}

/** Asks for the eviction of `pod` if that needs no waiting; undefined where it may. */
export function firstAnswer(drain: Drain, pod: Pod): EvictionResponse | undefined {
  return drain.asksFreely ? askEviction(drain, pod) : undefined;
}

/** Whether `pod` can be asked for at this time. One whose time is over is given up. */
export function mayAsk(drain: Drain, pod: Pod): boolean {
  if (drain.isOver || !pod.exists) return false;
  if (!drain.isOutOfTime) return true;
  abandonPod(drain, pod, `global timeout reached: ${formatGoDuration(drain.plan.timeout)}`);
  return false;
}

/** Takes note that `pod` stays and why, in the words of kubectl. */
export function abandonPod(drain: Drain, { namespace, name }: Pod, why: string): void {
  drain.abandon(`error when evicting pods/"${name}" -n "${namespace}": ${why}`);
}

/** The budget that `answer` says is used up, which the caller of the client gets to see; undefined for any other answer. */
export function exhaustedBudget({ code, retryAfterSeconds, budget }: EvictionResponse): DisruptionBudget | undefined {
  return code === 429 && retryAfterSeconds === undefined ? budget : undefined;
}
