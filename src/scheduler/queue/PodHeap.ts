import type { QueuedPod, WaitingPlace } from './QueuedPod.ts';

/**
 * Waiting pods of one place, first in order on top (a binary heap).
 *
 * A pod leaves by `pop`, or by being given another place: such an entry is dropped when it comes to the top. It must not come back to
 * the same heap then.
 */
export class PodHeap {
  private readonly heap: QueuedPod[] = [];
  private readonly place: WaitingPlace;
  private readonly compare: (a: QueuedPod, b: QueuedPod) => number;

  constructor(place: WaitingPlace, compare: (a: QueuedPod, b: QueuedPod) => number) {
    this.place = place;
    this.compare = compare;
  }

  /** Adds `queued` and notes the place in it. */
  push(queued: QueuedPod): void {
    queued.place = this.place;
    this.heap.push(queued);
    let child = this.heap.length - 1;
    while (child > 0 && this.swapIfEarlier(child, (child - 1) >> 1)) child = (child - 1) >> 1;
  }

  /** The first pod, which stays; undefined when none waits. */
  peek(): QueuedPod | undefined {
    while (this.heap[0] && this.heap[0].place !== this.place) this.removeTop();
    return this.heap[0];
  }

  /** Takes the first pod out. */
  pop(): QueuedPod | undefined {
    const first = this.peek();
    if (!first) return undefined;
    this.removeTop();
    first.place = 'nowhere';
    return first;
  }

  private removeTop(): void {
    const last = this.heap.pop();
    if (!last || this.heap.length === 0) return;
    this.heap[0] = last;
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const earlier = this.isEarlier(left + 1, left) ? left + 1 : left;
      if (!this.swapIfEarlier(earlier, parent)) return;
      parent = earlier;
    }
  }

  private swapIfEarlier(candidate: number, other: number): boolean {
    const [a, b] = [this.heap[candidate], this.heap[other]];
    if (!a || !b || this.compare(a, b) >= 0) return false;
    this.heap[candidate] = b;
    this.heap[other] = a;
    return true;
  }

  private isEarlier(candidate: number, other: number): boolean {
    const [a, b] = [this.heap[candidate], this.heap[other]];
    return a !== undefined && b !== undefined && this.compare(a, b) < 0;
  }
}
