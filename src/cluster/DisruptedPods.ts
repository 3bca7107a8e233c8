import { type Instant, START } from '../units.ts';
import type { Pod } from './Pod.ts';

/** Names of pods whose eviction was accepted but is not seen yet, with the time of acceptance. A Map is one. */
export interface AcceptedEvictions extends Iterable<readonly [string, Instant]> {
  readonly size: number;
  has(podName: string): boolean;
  keys(): Iterable<string>;
  values(): Iterable<Instant>;
}

/** One accepted eviction. */
export type AcceptedEviction = Pick<DisruptedPods, 'name' | 'acceptedAt' | 'pod'>;

/**
 * The accepted evictions of a live budget, in order of acceptance; an object of it never changes.
 *
 * It is the last entry of its list and knows the list before, so that to accept one more eviction copies nothing. The list without
 * entries is {@link NO_DISRUPTED_PODS}.
 */
export class DisruptedPods implements AcceptedEvictions {
  readonly size: number;
  /** Name of the pod whose eviction was accepted last. */
  readonly name: string;
  readonly acceptedAt: Instant;
  /** That pod, undefined when only its name is known. Another one may bear the name by now. */
  readonly pod: Pod | undefined;
  /** The list without this entry; undefined when there is none. */
  readonly before: DisruptedPods | undefined;

  constructor({ name, acceptedAt, pod }: AcceptedEviction, before: DisruptedPods | undefined) {
    this.size = before ? before.size + 1 : 0;
    this.name = name;
    this.acceptedAt = acceptedAt;
    this.pod = pod;
    this.before = before;
  }

  /** With the eviction of `pod`, in the place of an earlier one of a pod of that name. */
  with(pod: Pod, acceptedAt: Instant): DisruptedPods {
    const { name } = pod;
    return this.without(name).and({ name, acceptedAt, pod });
  }

  /** With one entry more, of a name that is not in the list. */
  and(eviction: AcceptedEviction): DisruptedPods {
    return new DisruptedPods(eviction, this);
  }

  has(podName: string): boolean {
    return this.without(podName) !== this;
  }

  keys(): string[] {
    return this.entries().map(({ name }) => name);
  }

  values(): Instant[] {
    return this.entries().map(({ acceptedAt }) => acceptedAt);
  }

  [Symbol.iterator](): Iterator<readonly [string, Instant]> {
    return this.entries()
      .map(({ name, acceptedAt }) => [name, acceptedAt] as const)
      .values();
  }

  /** Without the eviction of the pod `podName`; the same list when it is not in it. */
  private without(podName: string): DisruptedPods {
    const { before, name } = this;
    if (!before) return this;
    if (name === podName) return before;
    const rest = before.without(podName);
    return rest === before ? this : rest.and(this);
  }

  private entries(): DisruptedPods[] {
    const newestFirst: DisruptedPods[] = [];
    for (let list: DisruptedPods = this; list.before; list = list.before) newestFirst.push(list);
    return newestFirst.reverse();
  }
}

/** No accepted eviction. */
export const NO_DISRUPTED_PODS = new DisruptedPods({ name: '', acceptedAt: START, pod: undefined }, undefined);

/** The list of `evictions`, by name alone: whatever pods they were, those of another cluster are meant now. */
export function disruptedPods(evictions: AcceptedEvictions): DisruptedPods {
  let list = NO_DISRUPTED_PODS;
  for (const [name, acceptedAt] of evictions) list = list.and({ name, acceptedAt, pod: undefined });
  return list;
}
