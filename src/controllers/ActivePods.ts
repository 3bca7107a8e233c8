import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { isActive } from './availability.ts';

/** How many active pods each owner has, counted as they come and go. */
export class ActivePods {
  private readonly counts = new Map<string, ActiveCount>();
  private readonly byClass = new ClassTable(({ ownerKey }) => this.of(ownerKey ?? ''));
  /** Where each pod is counted now, by its slot. */
  private readonly counted: (ActiveCount | undefined)[] = [];

  /** How many active pods the owner `ownerKey` (`Kind/namespace/name`) has, now and from now on. */
  of(ownerKey: string): ActiveCount {
    const known = this.counts.get(ownerKey);
    if (known) return known;
    const count = { pods: 0 };
    this.counts.set(ownerKey, count);
    return count;
  }

  /** Takes note of a pod that is new, or that may be active no more or owned by nobody. */
  note(pod: Pod): void {
    this.move(pod, isActive(pod) && pod.owner ? this.byClass.of(pod.podClass) : undefined);
  }

  /** Takes note that `pod` is gone. */
  forget(pod: Pod): void {
    this.move(pod, undefined);
  }

  private move(pod: Pod, to: ActiveCount | undefined): void {
    const from = this.counted[pod.slot];
    if (from === to) return;
    if (from) from.pods -= 1;
    if (to) to.pods += 1;
    this.counted[pod.slot] = to;
  }
}

/** How many pods are active. */
export interface ActiveCount {
  pods: number;
}
