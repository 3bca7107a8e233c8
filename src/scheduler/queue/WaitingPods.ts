import { PodHeap } from './PodHeap.ts';
import { PodLine } from './PodLine.ts';
import type { QueuedPod, WaitingPlace } from './QueuedPod.ts';

/**
 * Waiting pods in order.
 *
 * Nearly all arrive in that order already and are kept in a line; only those that belong before its last one go to a heap.
 *
 * A pod leaves by `pop`, or by moving to another place; its entry here is then dropped when it becomes the first. Until that has happened
 * it must not come back.
 */
export class WaitingPods {
  private readonly place: WaitingPlace;
  private readonly compare: (a: QueuedPod, b: QueuedPod) => number;
  private readonly line = new PodLine();
  private readonly heap: PodHeap;
  /** How many entries there are, those among them whose pod has left. */
  private entries = 0;

  constructor(place: WaitingPlace, compare: (a: QueuedPod, b: QueuedPod) => number) {
    this.place = place;
    this.compare = compare;
    this.heap = new PodHeap(compare);
  }

  /** Adds `queued` and notes the place in it. */
  push(queued: QueuedPod): void {
    queued.place = this.place;
    this.entries += 1;
    const { last } = this.line;
    if (last !== undefined && this.compare(queued, last) < 0) this.heap.push(queued);
    else this.line.push(queued);
  }

  /** The first pod, which stays; undefined when none waits. */
  peek(): QueuedPod | undefined {
    if (this.entries === 0) return undefined;
    const inLine = this.firstIn(this.line);
    const inHeap = this.firstIn(this.heap);
    if (inLine === undefined || inHeap === undefined) return inLine ?? inHeap;
    return this.compare(inLine, inHeap) < 0 ? inLine : inHeap;
  }

  /** Takes the first pod out. */
  pop(): QueuedPod | undefined {
    const first = this.peek();
    if (first === undefined) return undefined;
    if (first === this.line.first) this.line.removeFirst();
    else this.heap.removeFirst();
    this.entries -= 1;
    first.place = 'nowhere';
    return first;
  }

  private firstIn(pods: PodLine | PodHeap): QueuedPod | undefined {
    let { first } = pods;
    while (first !== undefined && first.place !== this.place) {
      pods.removeFirst();
      this.entries -= 1;
      first = pods.first;
    }
    return first;
  }
}
