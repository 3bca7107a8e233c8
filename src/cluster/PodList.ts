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
  /** {@link NOBODY} where one has left. What comes after `end` means nothing: it is room for those who enter. */
  private slots: number[] = [];
  private end = 0;

  constructor(lists: PodLists) {
    this.lists = lists;
  }

  /** Adds the pod in `slot`, which is in none of these lists and has a row, at the end. */
  add(slot: number): void {
    const { lists, slots, end } = this;
    lists.rows.setPlaceIn(lists.sort, slot, end);
    if (end < slots.length) slots[end] = slot;
    else slots.push(slot);
    this.end = end + 1;
    this.size += 1;
  }

  /** Takes out the pod in `slot`, which is in this list. */
  delete(slot: number): void {
    this.slots[this.placeOf(slot)] = NOBODY;
    this.size -= 1;
    if (this.lists.walks > 0) return;
    if (this.size === 0) this.end = 0;
    else if (this.end > 2 * this.size + FEW_GAPS) this.closeGaps();
  }

  /** Whether the pod in `slot` is in this list. */
  has(slot: number): boolean {
    const place = this.placeOf(slot);
    return place < this.end && this.slots[place] === slot;
  }

  /** Takes over the places of `other`, whose rows these are a copy of. */
  takeOver({ size, slots, end }: PodList): void {
    this.size = size;
    this.slots = slots.slice();
    this.end = end;
  }

  forEach(visit: (pod: Pod, slot: number) => void): void {
    const { rows } = this.lists;
    this.forEachSlot((slot) => {
      const pod = rows.at(slot);
      if (pod) visit(pod, slot);
    });
  }

  forEachSlot(visit: (slot: number) => void): void {
    const { slots, end } = this;
    for (let at = 0; at < end; at += 1) {
      const slot = slots[at] ?? NOBODY;
      if (slot !== NOBODY) visit(slot);
    }
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return new Walk(this, this.lists);
  }

  /** The first place from `place` on where somebody is; {@link NOBODY} behind the last one. */
  placeFrom(place: number): number {
    let at = place;
    while (at < this.end && this.slots[at] === NOBODY) at += 1;
    return at < this.end ? at : NOBODY;
  }

  /** The pod at a place where somebody is. */
  podAt(place: number): Pod | undefined {
    return this.lists.rows.at(this.slots[place] ?? NOBODY);
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
    this.forEachSlot((slot) => {
      rows.setPlaceIn(sort, slot, end);
      slots[end] = slot;
      end += 1;
    });
    this.end = end;
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
  /** undefined when the walk is over. */
  private list: PodList | undefined;
  /** The place that comes next, or one behind which it comes. */
  private at = 0;

  constructor(list: PodList, lists: PodLists) {
    this.list = list;
    this.lists = lists;
    lists.walks += 1;
  }

  next(): IteratorResult<Pod, undefined> {
    const { list } = this;
    const place = list ? list.placeFrom(this.at) : NOBODY;
    const value = list?.podAt(place);
    if (!value) return this.return();
    this.at = place + 1;
    return { done: false, value };
  }

  return(): IteratorReturnResult<undefined> {
    if (this.list) this.lists.walks -= 1;
    this.list = undefined;
    return END;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

const END: IteratorReturnResult<undefined> = { done: true, value: undefined };

export const NO_PODS: PodsBySlot = new PodList(new PodLists(new PodRows(), BOUND));
