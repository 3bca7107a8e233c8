import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { SlotNumbers } from '../cluster/SlotNumbers.ts';
import { isActive } from './availability.ts';

/** How many active pods each owner has, counted as they come and go. Whatever pod it was told of, it has to be told that it is gone. */
export class ActivePods {
  private readonly counts = new Map<string, ActiveCount>();
  private readonly byClass = new ClassTable(({ ownerKey }) => this.of(ownerKey ?? ''));
  /** By slot: 1 for a pod that is counted. */
  private readonly counted = new SlotNumbers();

  /** How many active pods the owner `ownerKey` (`Kind/namespace/name`) has, now and from now on. */
  of(ownerKey: string): ActiveCount {
    const known = this.counts.get(ownerKey);
    if (known) return known;
    const count = { pods: 0 };
    this.counts.set(ownerKey, count);
    return count;
  }

  /** Takes note of a pod that is new, or that may be active no more. */
  note(pod: Pod): void {
    if (isActive(pod) && pod.owner) this.set(pod, 1);
    else this.set(pod, 0);
  }

  /** Takes note that `pod` is gone. */
  forget(pod: Pod): void {
    this.set(pod, 0);
  }

  /** Takes note that `pod` is no longer that of the owner `ownerKey`. */
  release({ slot }: Pod, ownerKey: string): void {
    this.of(ownerKey).pods -= this.counted.of(slot);
    this.counted.set(slot, 0);
  }

  private set({ slot, podClass }: Pod, counts: 0 | 1): void {
    const before = this.counted.of(slot);
    if (before === counts) return;
    this.byClass.of(podClass).pods += counts - before;
    this.counted.set(slot, counts);
  }
}

/** How many pods are active. */
export interface ActiveCount {
  pods: number;
}
