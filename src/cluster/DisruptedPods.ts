import { type Instant, START } from '../units.ts';
import type { Pod } from './Pod.ts';

/** Names of pods whose eviction was accepted but not observed yet, with the time of acceptance. A Map is one. */
export interface AcceptedEvictions extends Iterable<readonly [string, Instant]> {
  readonly size: number;
  has(podName: string): boolean;
  keys(): Iterable<string>;
  values(): Iterable<Instant>;
}

/**
 * The accepted evictions of a live budget, in order of acceptance. Immutable.
 *
 * Each object is the last entry of a list and refers to the list before it, so accepting one more eviction copies nothing. The empty list
 * is {@link NO_DISRUPTED_PODS}.
 */
export class DisruptedPods implements AcceptedEvictions {
  readonly size: number;
  /** The pod whose eviction was accepted last, or only its name when no more is known. */
  readonly victim: Pod | string;
  readonly acceptedAt: Instant;
  /** The list without this entry; undefined when there is none. */
  readonly before: DisruptedPods | undefined;

  constructor(victim: Pod | string, acceptedAt: Instant, before: DisruptedPods | undefined) {
    this.size = before ? before.size + 1 : 0;
    this.victim = victim;
    this.acceptedAt = acceptedAt;
    this.before = before;
  }

  get name(): string {
    return typeof this.victim === 'string' ? this.victim : this.victim.name;
  }

  /** The pod; undefined when only its name is known. Another pod may have that name by now. */
  get pod(): Pod | undefined {
    return typeof this.victim === 'string' ? undefined : this.victim;
  }

  /** The list with the eviction of `pod`, which replaces an earlier one of a pod with that name. */
  with(pod: Pod, acceptedAt: Instant): DisruptedPods {
    const others = this.hasEntryOf(pod) ? this.without(pod.name) : this;
    return others.and(pod, acceptedAt);
  }

  /** With one entry more, of a name that is not in the list. */
  and(victim: Pod | string, acceptedAt: Instant): DisruptedPods {
    return new DisruptedPods(victim, acceptedAt, this);
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

  /** Whether a pod of that name is listed. No two pods of a cluster have the same name at once. */
  private hasEntryOf(pod: Pod): boolean {
    for (let list: DisruptedPods = this; list.before; list = list.before) {
      const { victim } = list;
      const isAnother = typeof victim !== 'string' && victim !== pod && victim.exists && pod.exists;
      if (!isAnother && list.name === pod.name) return true;
    }
    return false;
  }

  /** The list without the eviction of the pod `podName`; the same list if it has none. */
  private without(podName: string): DisruptedPods {
    const { before, name } = this;
    if (!before) return this;
    if (name === podName) return before;
    const rest = before.without(podName);
    return rest === before ? this : rest.and(this.victim, this.acceptedAt);
  }

  private entries(): DisruptedPods[] {
    const newestFirst: DisruptedPods[] = [];
    for (let list: DisruptedPods = this; list.before; list = list.before) newestFirst.push(list);
    return newestFirst.reverse();
  }
}

/** No accepted eviction. */
export const NO_DISRUPTED_PODS = new DisruptedPods('', START, undefined);

/** The list of `evictions` by name alone: pods of another cluster with these names are meant from now on. */
export function disruptedPods(evictions: AcceptedEvictions): DisruptedPods {
  let list = NO_DISRUPTED_PODS;
  for (const [name, acceptedAt] of evictions) list = list.and(name, acceptedAt);
  return list;
}
