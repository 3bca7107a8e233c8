import type { Pod } from '../cluster/Pod.ts';
import type { Job, PodFailureAction } from '../cluster/Workload.ts';
import { after, type Duration, type Instant, instant, minutes, START, seconds } from '../units.ts';

const FIRST_BACKOFF = seconds(10);
const LONGEST_BACKOFF = minutes(10);
const LONG_AGO = instant(-LONGEST_BACKOFF);

/** What has become of the pods of one Job so far. */
export class JobProgress {
  private readonly failures = new Set<string>();
  private readonly failuresSinceSuccess = new Map<string, Instant>();
  private readonly successes = new Set<string>();
  private readonly abandonedPods = new Set<string>();
  private hasFailedByRule = false;
  /** How many more pods had ended before than those that still exist; below 0 if some of these had failed and did not count. */
  private readonly goneBefore: NonNullable<Job['ended']>;

  /**
   * Starts with the finished ones of `pods`, whose back-off is over, and with the counts of the status of the Job: whichever are higher, but
   * of failures those of the status if the Job ignores some.
   */
  constructor(pods: Iterable<Pod>, { ended, podFailurePolicy = [] }: Pick<Job, 'ended' | 'podFailurePolicy'> = {}) {
    for (const { uid, phase } of pods) {
      if (phase === 'Succeeded') this.successes.add(uid);
      else if (phase === 'Failed') this.fail(uid, LONG_AGO);
    }
    const { succeeded, failed } = ended ?? { succeeded: 0, failed: 0 };
    const ignoresSome = ended !== undefined && podFailurePolicy.some(({ action }) => action === 'Ignore');
    this.goneBefore = {
      succeeded: Math.max(0, succeeded - this.successes.size),
      failed: ignoresSome ? failed - this.failures.size : Math.max(0, failed - this.failures.size),
    };
  }

  get failed(): number {
    return this.failures.size + this.goneBefore.failed;
  }

  get succeeded(): number {
    return this.successes.size + this.goneBefore.succeeded;
  }

  /** Takes note that `pod` is being deleted, which counts as its failure from now until its end is known. */
  noteDeletion({ uid }: Pod, now: Instant): void {
    if (!this.failures.has(uid) && !this.successes.has(uid)) this.fail(uid, now);
  }

  /** Indexes that are given up. */
  get abandoned(): number {
    return this.abandonedPods.size;
  }

  /** Whether a rule of the Job has failed it as a whole. */
  get isFailed(): boolean {
    return this.hasFailedByRule;
  }

  /**
   * Takes note that `pod` has ended: it succeeded, or it failed or vanished, with this `action` as the consequence. Any of these delays the
   * next pod.
   */
  noteEnd({ uid, phase }: Pod, now: Instant, action: PodFailureAction = 'Count'): void {
    if (phase !== 'Succeeded') {
      this.fail(uid, now);
      if (action === 'Ignore') this.failures.delete(uid);
      if (action === 'FailIndex') this.abandonedPods.add(uid);
      if (action === 'FailJob') this.hasFailedByRule = true;
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
