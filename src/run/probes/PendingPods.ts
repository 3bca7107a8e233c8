import type { Pod } from '../../cluster/Pod.ts';
import { SlotNumbers } from './SlotNumbers.ts';

/** Pods that wait for a node. Most come and go within an instant, so they are added, found and taken out by slot, without hashing. */
export class PendingPods {
  private readonly pods: Pod[] = [];
  /** By slot: place in `pods`, counted from 1. */
  private readonly places = new SlotNumbers();
  /** By slot: how many pods had been added when this one was. */
  private readonly turns = new SlotNumbers();
  private added = 0;

  get size(): number {
    return this.pods.length;
  }

  has({ slot }: Pod): boolean {
    return this.places.of(slot) > 0;
  }

  /** Adds a pod that is not in the list. */
  add(pod: Pod): void {
    this.pods.push(pod);
    this.places.set(pod.slot, this.pods.length);
    this.turns.set(pod.slot, this.added++);
  }

  /** Takes out a pod that is in the list; the last one takes its place. */
  delete({ slot }: Pod): void {
    const last = this.pods.pop();
    if (last === undefined) return;
    const place = this.places.of(slot);
    this.places.set(slot, 0);
    if (last.slot === slot) return;
    this.pods[place - 1] = last;
    this.places.set(last.slot, place);
  }

  /** The pods in the order in which they were added. */
  inOrder(): Pod[] {
    return [...this.pods].sort((a, b) => this.turns.of(a.slot) - this.turns.of(b.slot));
  }
}
