import type { Instant } from '../units.ts';

/** Something that happens at one instant. `kind` and `entity` order events of the same instant and phase. */
export interface SimEvent {
  /** What happens, such as `podReady`; a constant per call site. */
  readonly kind: string;
  /** To whom, such as `default/web-0`. */
  readonly entity: string;
  /** A background event (a flush, a monitor pass) fires in its turn but does not keep a run going once nothing else is pending. */
  readonly isBackground?: boolean;
  fire(): void;
}

/** A scheduled event that can still be called off. */
export interface EventHandle {
  /** Takes the event out of the queue; does nothing once it has fired. */
  cancel(): void;
}

interface Entry extends EventHandle {
  readonly event: SimEvent;
  readonly at: Instant;
  readonly phase: number;
  readonly sequence: number;
  isPending: boolean;
}

/**
 * Pending events, earliest first: by time, phase, kind, entity, then order of scheduling (a binary heap).
 *
 * Kind and entity come before the order of scheduling so that a change of implementation cannot change a result.
 */
export class EventQueue {
  private readonly heap: Entry[] = [];
  private sequence = 0;
  private foreground = 0;

  /** Whether anything but background events is pending. */
  get hasForeground(): boolean {
    return this.foreground > 0;
  }

  push(event: SimEvent, at: Instant, phase: number): EventHandle {
    const entry: Entry = { event, at, phase, sequence: this.sequence++, isPending: true, cancel: () => this.settle(entry) };
    if (!event.isBackground) this.foreground += 1;
    this.heap.push(entry);
    this.siftUp(this.heap.length - 1);
    return entry;
  }

  /** Instant of the earliest pending event, undefined when none is pending. */
  peek(): Instant | undefined {
    this.dropCancelled();
    return this.heap[0]?.at;
  }

  /** Removes and returns the earliest pending event. */
  pop(): { event: SimEvent; at: Instant } | undefined {
    this.dropCancelled();
    const top = this.removeTop();
    if (top) this.settle(top);
    return top;
  }

  private settle(entry: Entry): void {
    if (entry.isPending && !entry.event.isBackground) this.foreground -= 1;
    entry.isPending = false;
  }

  private dropCancelled(): void {
    while (this.heap[0]?.isPending === false) this.removeTop();
  }

  private removeTop(): Entry | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (top && last && top !== last) {
      this.heap[0] = last;
      this.siftDown();
    }
    return top;
  }

  private siftUp(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfEarlier(child, parent)) return;
      child = parent;
    }
  }

  private siftDown(): void {
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
    if (!a || !b || !this.isEarlier(candidate, other)) return false;
    this.heap[candidate] = b;
    this.heap[other] = a;
    return true;
  }

  private isEarlier(candidate: number, other: number): boolean {
    const [a, b] = [this.heap[candidate], this.heap[other]];
    return a !== undefined && b !== undefined && isBefore(a, b);
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.phase !== b.phase) return a.phase < b.phase;
  if (a.event.kind !== b.event.kind) return a.event.kind < b.event.kind;
  if (a.event.entity !== b.event.entity) return a.event.entity < b.event.entity;
  return a.sequence < b.sequence;
}
