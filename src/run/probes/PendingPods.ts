import type { Pod } from '../../cluster/Pod.ts';
import { SlotNumbers } from '../../cluster/SlotNumbers.ts';

/** Pods that wait for a node. Most come and go within an instant, so they are added, found and taken out by slot, without hashing. */
export class PendingPods {
  private readonly pods: Pod[] = [];
  /** By slot: place in `pods`, counted from 1. */
  private readonly places = new SlotNumbers();
  /** How many pods had been added when each of `pods` was. */
  private readonly turns: number[] = [];
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
    this.turns.push(this.added++);
  }

  /** Takes out a pod that is in the list; the last one takes its place. */
  delete({ slot }: Pod): void {
    const last = this.pods.pop();
    const turn = this.turns.pop();
    if (last === undefined || turn === undefined) return;
    const place = this.places.of(slot);
    this.places.set(slot, 0);
    if (last.slot === slot) return;
    this.pods[place - 1] = last;
    this.turns[place - 1] = turn;
    this.places.set(last.slot, place);
  }

  /** The pods in the order in which they were added. */
  inOrder(): Pod[] {
    const turnOf = ({ slot }: Pod) => this.turns[this.places.of(slot) - 1] ?? 0;
    return [...this.pods].sort((a, b) => turnOf(a) - turnOf(b));
  }
}
