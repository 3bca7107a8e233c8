import type { QueuedPod } from './QueuedPod.ts';

/** Pods with the first in order on top: a binary heap. */
export class PodHeap {
  private readonly pods: QueuedPod[] = [];
  private readonly compare: (a: QueuedPod, b: QueuedPod) => number;

  constructor(compare: (a: QueuedPod, b: QueuedPod) => number) {
    this.compare = compare;
  }

  /** The first pod, which stays; undefined when there is none. */
  get first(): QueuedPod | undefined {
    return this.pods.length > 0 ? this.pods[0] : undefined;
  }

  push(queued: QueuedPod): void {
    const { pods } = this;
    let place = pods.length;
    pods.push(queued);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = pods[parent];
      if (!above || this.compare(queued, above) >= 0) break;
      pods[place] = above;
      place = parent;
    }
    pods[place] = queued;
  }

  /** Takes the first pod out. */
  removeFirst(): void {
    const { pods } = this;
    const last = pods.pop();
    if (!last || pods.length === 0) return;
    let place = 0;
    for (;;) {
      const child = this.earlierChild(place);
      const below = pods[child];
      if (!below || this.compare(below, last) >= 0) break;
      pods[place] = below;
      place = child;
    }
    pods[place] = last;
  }

  /** Where the earlier one of the two below `place` is; past the end when there is none. */
  private earlierChild(place: number): number {
    const { pods } = this;
    const left = 2 * place + 1;
    const a = pods[left];
    const b = pods[left + 1];
    return a && b && this.compare(b, a) < 0 ? left + 1 : left;
  }
}
