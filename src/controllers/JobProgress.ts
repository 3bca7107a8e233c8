import type { Pod } from '../cluster/Pod.ts';
import type { Job, PodFailureAction } from '../cluster/Workload.ts';
import type { Instant } from '../units.ts';
import { JobIndexes } from './JobIndexes.ts';
import { jobBackoffEnd, LONG_AGO } from './jobBackoff.ts';

/** What has become of the pods of one Job so far. */
export class JobProgress {
  private readonly failures = new Set<string>();
  private readonly failuresSinceSuccess = new Map<string, Instant>();
  private readonly successes = new Set<string>();
  private readonly abandonedPods = new Set<string>();
  private hasFailedByRule = false;
  /** How many more pods had ended before than those that still exist; below 0 if some of these had failed and did not count. */
  private readonly goneBefore: NonNullable<Job['ended']>;
  /** undefined unless the Job counts the failures of each index by itself. */
  readonly indexes: JobIndexes | undefined;

  /**
   * Starts with the finished ones of `pods`, whose back-off is over, and with the counts of the status of the Job: whichever are higher, but
   * of failures those of the status if the Job ignores some.
   */
  constructor(pods: Iterable<Pod>, { ended, podFailurePolicy = [], perIndex }: Pick<Job, 'ended' | 'podFailurePolicy' | 'perIndex'> = {}) {
    this.indexes = perIndex && new JobIndexes(perIndex, pods);
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
  noteDeletion(pod: Pod, now: Instant): void {
    if (this.failures.has(pod.uid) || this.successes.has(pod.uid)) return;
    this.fail(pod.uid, now);
    this.indexes?.noteFailure(pod, now, 'Count');
  }

  /** Indexes that are given up. */
  get abandoned(): number {
    return this.indexes?.failed.size ?? this.abandonedPods.size;
  }

  /** Whether a rule of the Job has failed it as a whole, or too many of its indexes have failed. */
  get isFailed(): boolean {
    return this.hasFailedByRule || (this.indexes?.areTooManyFailed ?? false);
  }

  /**
   * Takes note that `pod` has ended: it succeeded, or it failed or vanished, with this `action` as the consequence. Any of these delays the
   * next pod.
   */
  noteEnd(pod: Pod, now: Instant, action: PodFailureAction = 'Count'): void {
    const { uid, phase } = pod;
    if (phase !== 'Succeeded') {
      this.fail(uid, now);
      this.indexes?.noteFailure(pod, now, action);
      if (action === 'Ignore') this.failures.delete(uid);
      if (action === 'FailIndex') this.abandonedPods.add(uid);
      if (action === 'FailJob') this.hasFailedByRule = true;
      return;
    }
    this.failures.delete(uid);
    this.successes.add(uid);
    this.indexes?.noteSuccess(pod);
    this.failuresSinceSuccess.clear();
  }

  /** When the next pod may be created, by the failures since the last success. */
  backoffEnd(): Instant {
    return jobBackoffEnd(this.failuresSinceSuccess.size, Math.max(...this.failuresSinceSuccess.values()) as Instant);
  }

  private fail(uid: string, at: Instant): void {
    this.failures.add(uid);
    this.failuresSinceSuccess.set(uid, at);
  }
}
