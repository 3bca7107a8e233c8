import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { isActive } from './availability.ts';

/** How many active pods each owner has, counted as they come and go. Whatever pod it was told of, it has to be told that it is gone. */
export class ActivePods {
  private readonly counts = new Map<string, ActiveCount>();
  private readonly byClass = new ClassTable(({ ownerKey }) => this.of(ownerKey ?? ''));
  /** By slot: 1 for a pod that is counted. */
  private counted = new Uint8Array(FIRST_SLOTS);

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
    this.of(ownerKey).pods -= this.counted[slot] ?? 0;
    this.counted[slot] = 0;
  }

  private set({ slot, podClass }: Pod, counts: 0 | 1): void {
    if (slot >= this.counted.length) this.lengthen(slot);
    const before = this.counted[slot] ?? 0;
    if (before === counts) return;
    this.byClass.of(podClass).pods += counts - before;
    this.counted[slot] = counts;
  }

  private lengthen(slot: number): void {
    const longer = new Uint8Array(2 * slot);
    longer.set(this.counted);
    this.counted = longer;
  }
}

const FIRST_SLOTS = 64;

/** How many pods are active. */
export interface ActiveCount {
  pods: number;
}
