import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type StatefulSet, workloadKey } from '../cluster/Workload.ts';
import { after, type Duration, type Instant, seconds } from '../units.ts';
import { availableFrom } from './availability.ts';
import { wholeSecond } from './wholeSecond.ts';

/** What availability depends on besides the pods. */
export interface StatefulAvailabilityOptions {
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
  /** Wall clock of t = 0. */
  readonly startEpochMilliseconds: number;
}

/**
 * When the pods of StatefulSets count as available, `minReadySeconds` after the whole second of their Ready condition, and when their
 * controller notices.
 *
 * Up to 1.34 it looks again every `minReadySeconds` from the moment on when the set was short of available pods, so it may notice as much
 * later; other changes of the set make it look earlier.
 * @see kubernetes/kubernetes pkg/controller/statefulset/stateful_set.go (syncStatefulSet), issue 119352, pull request 135428
 */
export class StatefulAvailability {
  private readonly options: StatefulAvailabilityOptions;
  /** Since when a set has been short of available pods, by its key. */
  private readonly shortSince = new Map<string, Instant>();

  constructor(options: StatefulAvailabilityOptions) {
    this.options = options;
  }

  /** From when on `pod` is available; undefined while it is not Ready. */
  from({ minReadySeconds }: StatefulSet, pod: Pod): Instant | undefined {
    const { startEpochMilliseconds } = this.options;
    return minReadySeconds === 0
      ? availableFrom(pod, 0)
      : availableFrom(pod, minReadySeconds, wholeSecond(pod.readySince, startEpochMilliseconds));
  }

  /** Takes note of whether `set` is short of available pods. To be called at every look at it. */
  note(set: StatefulSet, now: Instant): void {
    if (set.minReadySeconds === 0 || this.options.version === '1.35') return;
    const key = workloadKey(set);
    if (this.count(set, now) === set.replicas) this.shortSince.delete(key);
    else if (!this.shortSince.has(key)) this.shortSince.set(key, now);
  }

  /** When the controller looks at `set` because a pod of it is available from `from` on. */
  noticedAt(set: StatefulSet, from: Instant): Instant {
    const since = this.shortSince.get(workloadKey(set));
    if (since === undefined) return from;
    const period = seconds(set.minReadySeconds);
    return after(since, (Math.ceil((from - since) / period) * period) as Duration);
  }

  private count(set: StatefulSet, now: Instant): number {
    let available = 0;
    for (const pod of this.options.cluster.podsOwnedBy(set)) if ((this.from(set, pod) ?? Number.POSITIVE_INFINITY) <= now) available += 1;
    return available;
  }
}
