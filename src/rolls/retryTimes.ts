import { milliseconds } from '../units.ts';
import type { DrainPlan } from './RollPlan.ts';

type Retry = Pick<DrainPlan, 'retry' | 'backoff'>;

/** Milliseconds from a refusal to the `count`-th attempt after it, when the pod had been refused `before` times already. */
export function untilAttempt(plan: Retry, before: number, count: number): number {
  const { backoff, retry } = plan;
  if (!backoff) return count * retry;
  let time = 0;
  let attempts = 0;
  for (; attempts < count && pause(plan, before + attempts) < backoff.longest; attempts += 1) time += pause(plan, before + attempts);
  return time + (count - attempts) * backoff.longest;
}

/** How many of the attempts that follow a refusal come less than `elapsed` milliseconds after it. */
export function attemptsBefore(plan: Retry, before: number, elapsed: number): number {
  const { backoff, retry } = plan;
  if (!backoff) return Math.max(0, Math.ceil(elapsed / retry) - 1);
  let time = 0;
  let attempts = 0;
  for (; pause(plan, before + attempts) < backoff.longest; attempts += 1) {
    time += pause(plan, before + attempts);
    if (time >= elapsed) return attempts;
  }
  return attempts + Math.max(0, Math.ceil((elapsed - time) / backoff.longest) - 1);
}

/** The pause after a refusal that followed `before` others, in whole milliseconds like the clock. */
function pause({ retry, backoff }: Retry, before: number): number {
  return backoff ? Math.min(backoff.longest, milliseconds(retry * backoff.factor ** before)) : retry;
}
