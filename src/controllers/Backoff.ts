import { after, type Duration, type Instant, ZERO } from '../units.ts';

export interface BackoffOptions {
  readonly first: Duration;
  readonly longest: Duration;
}

/**
 * Waits that double with every retry of one subject, up to the longest. A subject that stays quiet for twice the longest wait begins anew.
 * @see kubernetes/client-go util/flowcontrol/backoff.go
 */
export class Backoff<K> {
  private readonly first: Duration;
  private readonly longest: Duration;
  private readonly entries = new Map<K, { readonly wait: Duration; readonly since: Instant }>();

  constructor({ first, longest }: BackoffOptions) {
    this.first = first;
    this.longest = longest;
  }

  /** Whether nobody has failed. */
  get isEmpty(): boolean {
    return this.entries.size === 0;
  }

  /** How long after a failure at `at` the next try of `subject` waits; no time for the first one. */
  wait(subject: K, at: Instant): Duration {
    const entry = this.entries.get(subject);
    return entry && at - entry.since <= 2 * this.longest ? entry.wait : ZERO;
  }

  /** Takes note of a try at `now`, which doubles the next wait. @returns that wait. */
  next(subject: K, now: Instant): Duration {
    const last = this.wait(subject, now);
    const wait = last === ZERO ? this.first : (Math.min(2 * last, this.longest) as Duration);
    this.entries.set(subject, { wait, since: now });
    return wait;
  }

  /** Until when `subject` waits after its last try; undefined when it may go on at `now`. */
  end(subject: K, now: Instant): Instant | undefined {
    const entry = this.entries.get(subject);
    const end = entry && after(entry.since, entry.wait);
    return end !== undefined && end > now ? end : undefined;
  }

  forget(subject: K): void {
    this.entries.delete(subject);
  }
}
