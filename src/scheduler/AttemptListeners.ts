import { type Attempt, type FailedAttempt, hasFailed } from './Attempt.ts';
import type { Decision } from './Decision.ts';

/**
 * Listeners to scheduling attempts, in the order in which they subscribed: to all attempts, or only to those that fail. Failures are few
 * and most runs listen to nothing else, so nearly all attempts cost nothing here.
 */
export class AttemptListeners {
  private readonly ofAll: ((attempt: Attempt) => void)[] = [];
  private readonly ofFailed: ((attempt: FailedAttempt) => void)[] = [];

  add(listener: (attempt: Attempt) => void): void {
    this.ofAll.push(listener);
  }

  addForFailed(listener: (attempt: FailedAttempt) => void): void {
    this.ofFailed.push(listener);
  }

  /** Whether anyone is to be told of an attempt that ended with `decision`. */
  wants(decision: Decision): boolean {
    return this.ofAll.length > 0 || (decision.kind !== 'bound' && this.ofFailed.length > 0);
  }

  tell(attempt: Attempt): void {
    for (const listener of this.ofAll) listener(attempt);
    if (hasFailed(attempt)) for (const listener of this.ofFailed) listener(attempt);
  }
}
