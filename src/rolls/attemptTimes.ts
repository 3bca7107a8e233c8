import type { DrainPlan } from './RollPlan.ts';

/**
 * A drain that is tried for `timeout`, and again `attemptPause` later (after a while perhaps less often) as long as its node is not empty. Times
 * count from its start, in ms.
 */
export interface Attempts extends Required<Pick<DrainPlan, 'timeout' | 'attemptPause' | 'retry'>> {
  readonly slowAttempts: DrainPlan['slowAttempts'] | undefined;
}

/** The first time from `earliest` on at which a pod is asked for again that was refused at `refusedAt`. Each attempt begins by asking. */
export function nextAsk(attempts: Attempts, refusedAt: number, earliest: number): number {
  const { retry } = attempts;
  const same = refusedAt + Math.max(1, Math.ceil((earliest - refusedAt) / retry)) * retry;
  const attempt = attemptAt(attempts, refusedAt);
  if (same < endOf(attempts, attempt)) return same;
  const later = Math.max(attempt + 1, attemptAt(attempts, earliest));
  const start = startOf(attempts, later);
  const next = start + Math.max(0, Math.ceil((earliest - start) / retry)) * retry;
  return next < endOf(attempts, later) ? next : startOf(attempts, later + 1);
}

/** How often a pod that was refused at `refusedAt` is asked for after that and before `now`. */
export function asksBetween(attempts: Attempts, refusedAt: number, now: number): number {
  const { retry, timeout } = attempts;
  const asksIn = (time: number) => Math.ceil(Math.min(time, timeout) / retry);
  const [attempt, last] = [attemptAt(attempts, refusedAt), attemptAt(attempts, now)];
  const inThis = Math.max(0, Math.ceil((Math.min(now, endOf(attempts, attempt)) - refusedAt) / retry) - 1);
  if (last === attempt) return inThis;
  return inThis + (last - attempt - 1) * asksIn(timeout) + asksIn(now - startOf(attempts, last));
}

/** `at` if the drain is being tried then, otherwise when it is tried next. */
export function nextTry(attempts: Attempts, at: number): number {
  const attempt = attemptAt(attempts, at);
  return at < endOf(attempts, attempt) ? at : startOf(attempts, attempt + 1);
}

/** The number of the last attempt that has begun at `time`, 0 first. */
function attemptAt(attempts: Attempts, time: number): number {
  const { timeout, attemptPause, slowAttempts } = attempts;
  const period = timeout + attemptPause;
  const fast = fastAttempts(attempts);
  if (!slowAttempts || time < fast * period) return Math.floor(time / period);
  return fast + Math.floor((time - fast * period) / (timeout + slowAttempts.pause));
}

function startOf(attempts: Attempts, attempt: number): number {
  const { timeout, attemptPause, slowAttempts } = attempts;
  const slow = slowAttempts ? Math.max(0, attempt - fastAttempts(attempts)) : 0;
  return (attempt - slow) * (timeout + attemptPause) + slow * (timeout + (slowAttempts?.pause ?? 0));
}

/** How many attempts are followed by `attemptPause` where later ones are slow. */
function fastAttempts({ timeout, attemptPause, slowAttempts }: Attempts): number {
  if (!slowAttempts || slowAttempts.after < timeout) return 0;
  return Math.floor((slowAttempts.after - timeout) / (timeout + attemptPause)) + 1;
}

function endOf(attempts: Attempts, attempt: number): number {
  return startOf(attempts, attempt) + attempts.timeout;
}
