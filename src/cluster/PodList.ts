import type { Pod } from './Pod.ts';
import { BOUND, type ListSort, NOBODY, PodRows } from './PodRows.ts';

/** Pods in order of entry. */
export interface PodsInOrder extends Iterable<Pod> {
  readonly size: number;
  /**
   * Calls `visit` for each of them; the cheapest way through many. It must change neither these pods nor their order. With the slot it need
   * not fetch the pod itself from memory.
   */
  forEach(visit: (pod: Pod, slot: number) => void): void;
}

/** Pods that are found by their slots. */
export interface PodsBySlot extends PodsInOrder {
  /** As `forEach`, for whoever keeps by slot what there is to know: no pod itself is fetched from memory. */
  forEachSlot(visit: (slot: number) => void): void;
}

/**
 * Pods of a cluster in order of entry. Who goes through them while they change meets those that enter and misses those that leave, as with
 * a Set.
 *
 * Who leaves leaves a gap, and the row of a pod tells where in the list it is, see {@link PodRows}: so entering and leaving touch the row of
 * that pod alone and the list, where a Set hashes the pod and is rebuilt again and again, and where links would touch the rows of two others.
 */
export class PodList implements PodsBySlot {
  size = 0;
  private readonly lists: PodLists;
  /** {@link NOBODY} where one has left. */
  private slots: number[] = [];

  constructor(lists: PodLists) {
    this.lists = lists;
  }

  /** Adds a pod that is in none of these lists and has a row, at the end. */
  add({ slot }: Pod): void {
    const { lists, slots } = this;
    lists.rows.setPlaceIn(lists.sort, slot, slots.length);
    slots.push(slot);
    this.size += 1;
  }

  /** Takes out a pod that is in this list. */
  delete({ slot }: Pod): void {
    const { slots } = this;
    slots[this.placeOf(slot)] = NOBODY;
    this.size -= 1;
    if (slots.length > 2 * this.size + FEW_GAPS && this.lists.walks === 0) this.closeGaps();
  }

  /** Whether the pod in `slot` is in this list. */
  has(slot: number): boolean {
    return this.slots[this.placeOf(slot)] === slot;
  }

  /** Takes over the places of `other`, whose rows these are a copy of. */
  takeOver({ size, slots }: PodList): void {
    this.size = size;
    this.slots = slots.slice();
  }

  forEach(visit: (pod: Pod, slot: number) => void): void {
    const { rows } = this.lists;
    for (const slot of this.slots) {
      const pod = slot === NOBODY ? undefined : rows.at(slot);
      if (pod) visit(pod, slot);
    }
  }

  forEachSlot(visit: (slot: number) => void): void {
    for (const slot of this.slots) if (slot !== NOBODY) visit(slot);
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return new Walk(this.slots, this.lists);
  }

  /** Where the pod in `slot` is, if it is in this list. */
  private placeOf(slot: number): number {
    const { rows, sort } = this.lists;
    return rows.placeIn(sort, slot);
  }

  private closeGaps(): void {
    const { slots } = this;
    const { rows, sort } = this.lists;
    let end = 0;
    for (const slot of slots) {
      if (slot === NOBODY) continue;
      rows.setPlaceIn(sort, slot, end);
      slots[end] = slot;
      end += 1;
    }
    while (slots.length > end) slots.pop();
  }
}

/** So many gaps are never worth closing. */
const FEW_GAPS = 32;

/** What lists of which each pod is in at most one have in common. */
export class PodLists {
  readonly rows: PodRows;
  readonly sort: ListSort;
  /** How many are going through one of them: as long as someone is, nobody moves. */
  walks = 0;

  constructor(rows: PodRows, sort: ListSort) {
    this.rows = rows;
    this.sort = sort;
  }
}

/** Someone's way through a list. */
class Walk implements IterableIterator<Pod> {
  private readonly lists: PodLists;
  private slots: readonly number[];
  /** The place that comes next. */
  private at = 0;

  constructor(slots: readonly number[], lists: PodLists) {
    this.slots = slots;
    this.lists = lists;
    lists.walks += 1;
  }

  next(): IteratorResult<Pod, undefined> {
    const { slots } = this;
    while (slots[this.at] === NOBODY) this.at += 1;
    const slot = slots[this.at];
    const value = slot === undefined ? undefined : this.lists.rows.at(slot);
    if (!value) return this.return();
    this.at += 1;
    return { done: false, value };
  }

  return(): IteratorReturnResult<undefined> {
    if (this.slots !== NO_SLOTS) this.lists.walks -= 1;
    this.slots = NO_SLOTS;
    return END;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

const NO_SLOTS: readonly number[] = [];
const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

export const NO_PODS: PodsBySlot = new PodList(new PodLists(new PodRows(), BOUND));
