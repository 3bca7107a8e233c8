import type { Pod } from './Pod.ts';
import { PodLists } from './PodLists.ts';
import { BOUND, NOBODY, PodRows } from './PodRows.ts';

/** Pods in order of entry. */
export interface PodsInOrder extends Iterable<Pod> {
  readonly size: number;
  /**
   * Calls `visit` for each of them, which is the cheapest way through many. It must change neither these pods nor their order. The slot
   * often makes it unnecessary to fetch the pod itself from memory.
   */
  forEach(visit: (pod: Pod, slot: number) => void): void;
}

/** Pods that are found by their slots. */
export interface PodsBySlot extends PodsInOrder {
  /** As `forEach`, for callers that need only the slot: no pod is fetched from memory. */
  forEachSlot(visit: (slot: number) => void): void;
}

/** One list of {@link PodLists}. As with a Set, iterating while it changes meets pods that enter and misses those that leave. */
export class PodList implements PodsBySlot {
  private readonly lists: PodLists;
  private readonly number: number;

  constructor(lists: PodLists, number: number) {
    this.lists = lists;
    this.number = number;
  }

  get size(): number {
    return this.lists.sizeOf(this.number);
  }

  forEach(visit: (pod: Pod, slot: number) => void): void {
    const { rows } = this.lists;
    this.forEachSlot((slot) => {
      const pod = rows.at(slot);
      if (pod) visit(pod, slot);
    });
  }

  forEachSlot(visit: (slot: number) => void): void {
    const { lists, number } = this;
    const end = lists.endOf(number);
    for (let place = 0; place < end; place += 1) {
      const slot = lists.slotAt(number, place);
      if (slot !== NOBODY) visit(slot);
    }
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return new Walk(this.lists, this.number);
  }
}

/** Someone's way through a list. */
class Walk implements IterableIterator<Pod> {
  private readonly lists: PodLists;
  private readonly list: number;
  /** The place that comes next, or one behind which it comes. */
  private place = 0;
  private isOver = false;

  constructor(lists: PodLists, list: number) {
    this.lists = lists;
    this.list = list;
    lists.walks += 1;
  }

  next(): IteratorResult<Pod, undefined> {
    const value = this.isOver ? undefined : this.nextPod();
    return value ? { done: false, value } : this.return();
  }

  return(): IteratorReturnResult<undefined> {
    if (!this.isOver) this.lists.walks -= 1;
    this.isOver = true;
    return END;
  }

  [Symbol.iterator](): this {
    return this;
  }

  private nextPod(): Pod | undefined {
    const { lists, list } = this;
    while (this.place < lists.endOf(list)) {
      const slot = lists.slotAt(list, this.place);
      this.place += 1;
      if (slot !== NOBODY) return lists.rows.at(slot);
    }
    return undefined;
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

export const NO_PODS: PodsBySlot = new PodList(new PodLists(new PodRows(), BOUND), 0);
