import type { Pod } from '../../cluster/Pod.ts';
import { SlotNumbers } from '../../cluster/SlotNumbers.ts';

/** Pods that wait for a node. Most come and go within an instant, so nothing but a number by slot is kept of each. */
export class PendingPods {
  size = 0;
  /** By slot: how many pods had been added with it; 0 for one that does not wait. */
  private readonly turns = new SlotNumbers();
  private added = 0;

  has({ slot }: Pod): boolean {
    return this.turns.of(slot) > 0;
  }

  /** Adds a pod that does not wait yet. */
  add({ slot }: Pod): void {
    this.added += 1;
    this.turns.set(slot, this.added);
    this.size += 1;
  }

  /** Takes out a pod that waits. */
  delete({ slot }: Pod): void {
    this.turns.set(slot, 0);
    this.size -= 1;
  }

  /** Those of `pods` that wait, in the order in which they were added. */
  among(pods: Iterable<Pod>): Pod[] {
    const waiting: Pod[] = [];
    for (const pod of pods) if (this.has(pod)) waiting.push(pod);
    return waiting.sort((a, b) => this.turns.of(a.slot) - this.turns.of(b.slot));
  }
}
