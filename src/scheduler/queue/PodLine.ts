import type { QueuedPod } from './QueuedPod.ts';

/** Pods that came in order: first in, first out. Its memory is used again and again. */
export class PodLine {
  private readonly pods: (QueuedPod | undefined)[] = [];
  private head = 0;
  private end = 0;

  /** The pod that stands in front; undefined when there is none. */
  get first(): QueuedPod | undefined {
    return this.head < this.end ? this.pods[this.head] : undefined;
  }

  /** The pod that came last. */
  get last(): QueuedPod | undefined {
    return this.head < this.end ? this.pods[this.end - 1] : undefined;
  }

  push(queued: QueuedPod): void {
    if (this.head > SLACK && this.head > this.end >> 1) this.moveUp();
    this.pods[this.end] = queued;
    this.end += 1;
  }

  removeFirst(): void {
    this.pods[this.head] = undefined;
    this.head += 1;
    if (this.head >= this.end) this.head = this.end = 0;
  }

  private moveUp(): void {
    const rest = this.end - this.head;
    for (let i = 0; i < this.end; i += 1) this.pods[i] = i < rest ? this.pods[this.head + i] : undefined;
    this.head = 0;
    this.end = rest;
  }
}

/** So many places in front of the line may be empty. */
const SLACK = 1024;
