import type { Pod } from '../cluster/Pod.ts';
import type { IndexRange, Job, PerIndex, PodFailureAction } from '../cluster/Workload.ts';
import { type Instant, NEVER } from '../units.ts';
import { jobBackoffEnd, LONG_AGO } from './jobBackoff.ts';

/** What has become of one index since its last success or the start of the Job. */
interface Trouble {
  /** Failures that count towards the limit. */
  failures: number;
  /** All failures: they lengthen the back-off. */
  all: number;
  /** The last pod that failed; its object stays until the next one is created. */
  last: string;
  lastAt: Instant;
}

/** An index that wants a pod, and from when it may have one. */
export interface PendingIndex {
  readonly index: number;
  readonly from: Instant;
}

/**
 * The indexes of a Job with `backoffLimitPerIndex`: which pod has which, and which failed how often. Each index has a back-off of its own.
 * @see kubernetes/kubernetes pkg/controller/job/indexed_job_utils.go (firstPendingIndexes, isIndexFailed, getPodsWithDelayedDeletionPerIndex),
 * job_controller.go (getPodCreationInfoForIndependentIndexes)
 */
export class JobIndexes {
  /** Given up, in the order in which that happened. */
  readonly failed: Set<number>;
  private readonly completed = new Set<number>();
  private readonly completedBefore: readonly IndexRange[];
  private readonly byPod = new Map<string, number>();
  private readonly troubles = new Map<number, Trouble>();
  private readonly limits: PerIndex;

  /** Takes over the indexes and earlier failures that annotations of `pods` tell of. */
  constructor(limits: PerIndex, pods: Iterable<Pod>) {
    this.limits = limits;
    this.failed = new Set(limits.failed);
    this.completedBefore = limits.completed;
    for (const pod of pods) this.take(pod);
  }

  /** Whether more indexes have failed than the Job bears. */
  get areTooManyFailed(): boolean {
    return this.failed.size > (this.limits.maxFailedIndexes ?? NEVER);
  }

  /** `pod` was created for `index`. */
  assign(pod: Pod, index: number): void {
    this.byPod.set(pod.uid, index);
  }

  /** `pod` failed, or began to go, which counts as a failure. Of the same pod only the time of its end is new. */
  noteFailure({ uid }: Pod, at: Instant, action: PodFailureAction): void {
    const index = this.byPod.get(uid);
    if (index === undefined || this.isCompleted(index)) return;
    const trouble = this.troubles.get(index) ?? { failures: 0, all: 0, last: '', lastAt: at };
    this.troubles.set(index, trouble);
    trouble.lastAt = at;
    if (trouble.last !== uid) {
      trouble.last = uid;
      trouble.all += 1;
      if (action !== 'Ignore') trouble.failures += 1;
    }
    if (action === 'FailIndex' || trouble.failures > this.limits.backoffLimit) this.failed.add(index);
  }

  noteSuccess({ uid }: Pod): void {
    const index = this.byPod.get(uid);
    if (index !== undefined) this.completed.add(index);
  }

  /** The first `count` indexes that want a pod, with the time from which each may have it. `holders` are the pods that are in the way. */
  pending(count: number, { completions = 0 }: Pick<Job, 'completions'>, holders: readonly Pod[]): PendingIndex[] {
    const held = new Set(holders.map(({ uid }) => this.byPod.get(uid)));
    const found: PendingIndex[] = [];
    for (let index = 0; index < completions && found.length < count; index += 1) {
      index = this.completedBefore.find(({ first, last }) => first <= index && index <= last)?.last ?? index;
      if (held.has(index) || this.isCompleted(index) || this.failed.has(index)) continue;
      const trouble = this.troubles.get(index);
      found.push({ index, from: jobBackoffEnd(trouble?.all ?? 0, trouble?.lastAt) });
    }
    return found;
  }

  /** Whether the object of `pod` has to stay: the pod that comes in its place takes over how often its index has failed. */
  isKept({ uid }: Pod, active: readonly Pod[]): boolean {
    const index = this.byPod.get(uid);
    if (index === undefined || this.isCompleted(index) || this.failed.has(index)) return false;
    return this.troubles.get(index)?.last === uid && !active.some((pod) => this.byPod.get(pod.uid) === index);
  }

  private isCompleted(index: number): boolean {
    return this.completed.has(index) || this.completedBefore.some(({ first, last }) => first <= index && index <= last);
  }

  private take(pod: Pod): void {
    const index = Number(pod.annotations[INDEX] ?? Number.NaN);
    if (!Number.isInteger(index)) return;
    this.byPod.set(pod.uid, index);
    if (pod.phase === 'Succeeded') this.completed.add(index);
    const own = pod.phase === 'Failed' ? 1 : 0;
    const [earlier, ignored] = [countIn(pod, FAILURES), countIn(pod, IGNORED)];
    const all = earlier + ignored + own;
    if (all <= (this.troubles.get(index)?.all ?? 0)) return;
    this.troubles.set(index, { failures: earlier + own, all, last: own === 1 ? pod.uid : '', lastAt: LONG_AGO });
  }
}

function countIn({ annotations }: Pod, key: string): number {
  return Math.trunc(Number(annotations[key] ?? 0)) || 0;
}

const INDEX = 'batch.kubernetes.io/job-completion-index';
const FAILURES = 'batch.kubernetes.io/job-index-failure-count';
const IGNORED = 'batch.kubernetes.io/job-index-ignored-failure-count';
