import { longer } from './longer.ts';
import { type ListSort, NOBODY, type PodRows } from './PodRows.ts';

/**
 * Lists of pods by number, in order of entry. Each pod is in at most one of them, and its row tells where, see {@link PodRows}. A
 * {@link PodList} is the read-only view of one.
 *
 * A pod that leaves leaves a gap. So entering and leaving touch only the pod's row and the list, whereas a Set hashes the pod and is
 * rebuilt again and again, and links would touch the rows of two other pods. All lists lie in one column, each with its head in front: that
 * is one cache line or two, where an array has its object, its header and its elements in as many lines.
 */
export class PodLists {
  readonly rows: PodRows;
  private readonly sort: ListSort;
  /** How many iterations are going on; during any, lists are not moved. */
  walks = 0;
  /** By number: where its head is. Lists that were always empty share the head at the beginning. */
  private heads: Int32Array = new Int32Array(FIRST_LISTS);
  /**
   * The heads, each followed by the slots in its list; {@link NOBODY} where a pod has left. What comes after the last slot is room for more
   * and has no meaning.
   */
  private numbers: Int32Array = new Int32Array(LINE);
  /** So much of it is taken. */
  private taken = LINE;

  constructor(rows: PodRows, sort: ListSort) {
    this.rows = rows;
    this.sort = sort;
  }

  /** How many pods are in a list. */
  sizeOf(list: number): number {
    return this.numbers[this.headOf(list) | SIZE] ?? 0;
  }

  /** One more than the last place in a list that may be taken. */
  endOf(list: number): number {
    return this.numbers[this.headOf(list) | END] ?? 0;
  }

  /** Who is at a place before the end of a list; {@link NOBODY} in a gap. */
  slotAt(list: number, place: number): number {
    return this.numbers[this.headOf(list) + FIRST + place] ?? NOBODY;
  }

  /** Adds the pod in `slot`, which is in none of these lists and has a row, at the end. */
  add(list: number, slot: number): void {
    let head = this.headOf(list);
    const end = this.numbers[head | END] ?? 0;
    if (end === this.numbers[head]) head = this.enlarge(list);
    const { numbers } = this;
    numbers[head + FIRST + end] = slot;
    numbers[head | END] = end + 1;
    numbers[head | SIZE] = (numbers[head | SIZE] ?? 0) + 1;
    this.rows.setPlaceIn(this.sort, slot, end);
  }

  /** Takes out the pod in `slot`, which is in this list. */
  delete(list: number, slot: number): void {
    const { numbers } = this;
    const head = this.headOf(list);
    numbers[head + FIRST + this.rows.placeIn(this.sort, slot)] = NOBODY;
    const size = (numbers[head | SIZE] ?? 0) - 1;
    numbers[head | SIZE] = size;
    if (this.walks > 0) return;
    if (size === 0) numbers[head | END] = 0;
    else if ((numbers[head | END] ?? 0) > 2 * size + FEW_GAPS) this.closeGaps(list);
  }

  /** Whether the pod in `slot` is in this list. */
  has(list: number, slot: number): boolean {
    const place = this.rows.placeIn(this.sort, slot);
    return place < this.endOf(list) && this.slotAt(list, place) === slot;
  }

  /** Takes over all lists of `others`, whose rows these are a copy of. */
  takeOver({ heads, numbers, taken }: PodLists): void {
    this.heads = heads.slice();
    this.numbers = numbers.slice(0, taken);
    this.taken = taken;
  }

  private headOf(list: number): number {
    return this.heads[list] ?? 0;
  }

  private closeGaps(list: number): void {
    const end = this.endOf(list);
    const head = this.headOf(list);
    let place = 0;
    for (let at = 0; at < end; at += 1) {
      const slot = this.slotAt(list, at);
      if (slot === NOBODY) continue;
      this.rows.setPlaceIn(this.sort, slot, place);
      this.numbers[head + FIRST + place] = slot;
      place += 1;
    }
    this.numbers[head | END] = place;
  }

  /**
   * Gives a full list more room: in place if it is the last one, otherwise behind all others.
   * @returns where its head is now.
   */
  private enlarge(list: number): number {
    const before = this.headOf(list);
    const length = FIRST + (this.numbers[before] ?? 0);
    const isLast = before + length === this.taken;
    const head = isLast ? before : this.taken;
    const room = LINE * Math.ceil((1.5 * length) / LINE);
    this.taken = head + room;
    if (this.taken > this.numbers.length) this.numbers = longer(this.numbers, this.taken);
    if (!isLast) this.numbers.copyWithin(head, before, before + length);
    this.numbers[head] = room - FIRST;
    if (list >= this.heads.length) this.heads = longer(this.heads, list + 1);
    this.heads[list] = head;
    return head;
  }
}

/** A head: its room, one more than the last place that may be taken, and the number of pods. */
const END = 1;
const SIZE = 2;
/** Where the first slot comes behind the beginning of the head. */
const FIRST = 3;

/** Numbers in a line of memory; each list begins with one. */
const LINE = 16;

const FIRST_LISTS = 16;

/** So many gaps are never worth closing. */
const FEW_GAPS = 32;
