import type { Pod } from '../cluster/Pod.ts';
import { after, type Duration, type Instant, instant, minutes, START, seconds } from '../units.ts';

const FIRST_BACKOFF = seconds(10);
const LONGEST_BACKOFF = minutes(10);
const LONG_AGO = instant(-LONGEST_BACKOFF);

/** What has become of the pods of one Job so far. */
export class JobProgress {
  private readonly failures = new Set<string>();
  private readonly failuresSinceSuccess = new Map<string, Instant>();
  private readonly successes = new Set<string>();

  /** Starts with the finished ones of `pods`, whose back-off is over. */
  constructor(pods: Iterable<Pod>) {
    for (const { uid, phase } of pods) {
      if (phase === 'Succeeded') this.successes.add(uid);
      else if (phase === 'Failed') this.fail(uid, LONG_AGO);
    }
  }

  get failed(): number {
    return this.failures.size;
  }

  get succeeded(): number {
    return this.successes.size;
  }

  /** Takes note that `pod` is being deleted, which counts as its failure from now until its end is known. */
  noteDeletion({ uid }: Pod, now: Instant): void {
    if (!this.failures.has(uid) && !this.successes.has(uid)) this.fail(uid, now);
  }

  /** Takes note that `pod` has ended: with success, or by failing or vanishing. */
  noteEnd({ uid, phase }: Pod, now: Instant): void {
    if (phase !== 'Succeeded') {
      this.fail(uid, now);
      return;
    }
    this.failures.delete(uid);
    this.successes.add(uid);
    this.failuresSinceSuccess.clear();
  }

  /** When the next pod may be created: 10 s after the last failure, doubling with each since the last success, 10 min at most. */
  backoffEnd(): Instant {
    const { size } = this.failuresSinceSuccess;
    if (size === 0) return START;
    const last = Math.max(...this.failuresSinceSuccess.values()) as Instant;
    return after(last, Math.min(FIRST_BACKOFF * 2 ** (size - 1), LONGEST_BACKOFF) as Duration);
  }

  private fail(uid: string, at: Instant): void {
    this.failures.add(uid);
    this.failuresSinceSuccess.set(uid, at);
  }
}
