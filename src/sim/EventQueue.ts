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

/** An event with its place in the order; pending until it fires or is called off. */
class Entry implements EventHandle {
  readonly event: SimEvent;
  readonly at: Instant;
  readonly phase: number;
  readonly sequence: number;
  isPending = true;
  private readonly queue: EventQueue;

  constructor(queue: EventQueue, event: SimEvent, { at, phase, sequence }: Pick<Entry, 'at' | 'phase' | 'sequence'>) {
    this.queue = queue;
    this.event = event;
    this.at = at;
    this.phase = phase;
    this.sequence = sequence;
  }

  cancel(): void {
    this.queue.settle(this);
  }
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
    const entry = new Entry(this, event, { at, phase, sequence: this.sequence++ });
    if (!event.isBackground) this.foreground += 1;
    this.heap.push(entry);
    this.siftUp(entry, this.heap.length - 1);
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

  /** Used by its handles alone: the event is no longer pending; it leaves the heap when it comes to the top. */
  settle(entry: Entry): void {
    if (entry.isPending && !entry.event.isBackground) this.foreground -= 1;
    entry.isPending = false;
  }

  private dropCancelled(): void {
    while (this.heap[0]?.isPending === false) this.removeTop();
  }

  private removeTop(): Entry | undefined {
    const top = this.heap[0];
    const last = this.heap.pop();
    if (top && last && top !== last) this.siftDown(last);
    return top;
  }

  private siftUp(entry: Entry, from: number): void {
    let place = from;
    while (place > 0) {
      const parent = this.heap[(place - 1) >> 1];
      if (!parent || !isBefore(entry, parent)) break;
      this.heap[place] = parent;
      place = (place - 1) >> 1;
    }
    this.heap[place] = entry;
  }

  private siftDown(entry: Entry): void {
    let place = 0;
    for (;;) {
      let below = 2 * place + 1;
      let child = this.heap[below];
      if (!child) break;
      const right = this.heap[below + 1];
      if (right && isBefore(right, child)) {
        child = right;
        below += 1;
      }
      if (!isBefore(child, entry)) break;
      this.heap[place] = child;
      place = below;
    }
    this.heap[place] = entry;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.phase !== b.phase) return a.phase < b.phase;
  if (a.event.kind !== b.event.kind) return a.event.kind < b.event.kind;
  if (a.event.entity !== b.event.entity) return a.event.entity < b.event.entity;
  return a.sequence < b.sequence;
}
