/**
 * `items` in the order in which Go's `sort.Slice` leaves them. Any sort would do where `isLess` decides between all items. It does not for
 * equal items, whose order depends on the algorithm (a pattern-defeating quicksort), nor for a rule that contradicts itself.
 * @see golang/go src/sort/slice.go, zsortfunc.go (pdqsort_func)
 */
export function sortSlice<T>(items: readonly T[], isLess: (a: T, b: T) => boolean): T[] {
  const sorted = [...items];
  new SliceSort(sorted, isLess).sort(0, items.length, bitLength(items.length));
  return sorted;
}

/** Up to so many are sorted by insertion. */
const FEW = 12;
/** From so many on the pivot is a median of medians, and places out of order are mended by shifting. */
const MANY = 50;
/** All that choosing a pivot of many can swap: they come in falling order. */
const MOST_SWAPS = 12;
/** So many places out of order are mended in what seems to be sorted. */
const MENDED = 5;

/** A pivot, and whether the range seems to be sorted already. */
interface Pivot {
  readonly at: number;
  readonly seemsSorted: boolean;
}

/** One slice while it is sorted. A range goes from its first index to before its second one. */
class SliceSort<T> {
  private readonly items: T[];
  private readonly isLess: (a: T, b: T) => boolean;
  private swaps = 0;

  constructor(items: T[], isLess: (a: T, b: T) => boolean) {
    this.items = items;
    this.isLess = isLess;
  }

  /** Sorts a range; after `limit` bad pivots the heap sort takes over. */
  sort(from: number, to: number, limit: number): void {
    let [start, end, left] = [from, to, limit];
    let [isBalanced, isPartitioned] = [true, true];
    while (end - start > FEW) {
      if (left === 0) {
        this.sortAsHeap(start, end);
        return;
      }
      if (!isBalanced) {
        this.breakPatterns(start, end);
        left -= 1;
      }
      const { at: pivot, seemsSorted } = this.choosePivot(start, end);
      if (isBalanced && isPartitioned && seemsSorted && this.mend(start, end)) return;
      if (start > 0 && !this.less(start - 1, pivot)) {
        start = this.partitionEqual(start, end, pivot);
        continue;
      }
      const middle = this.partition(start, end, pivot);
      isPartitioned = middle.wasPartitioned;
      const shorter = Math.min(middle.at - start, end - middle.at);
      isBalanced = shorter >= Math.floor((end - start) / 8);
      if (middle.at - start < end - middle.at) {
        this.sort(start, middle.at, left);
        start = middle.at + 1;
      } else {
        this.sort(middle.at + 1, end, left);
        end = middle.at;
      }
    }
    this.insert(start, end);
  }

  private less(a: number, b: number): boolean {
    return this.isLess(this.items[a] as T, this.items[b] as T);
  }

  private swap(a: number, b: number): void {
    const { items } = this;
    [items[a], items[b]] = [items[b] as T, items[a] as T];
  }

  private insert(start: number, end: number): void {
    for (let i = start + 1; i < end; i += 1) this.shiftDown(i, start);
  }

  /** Moves the item at `place` down past all that it is less than, at most to `lowest`. */
  private shiftDown(place: number, lowest: number): void {
    for (let i = place; i > lowest && this.less(i, i - 1); i -= 1) this.swap(i, i - 1);
  }

  private shiftUp(place: number, end: number): void {
    for (let i = place; i < end && this.less(i, i - 1); i += 1) this.swap(i, i - 1);
  }

  private sortAsHeap(start: number, end: number): void {
    const length = end - start;
    for (let root = Math.floor((length - 1) / 2); root >= 0; root -= 1) this.sink(root, length, start);
    for (let last = length - 1; last >= 0; last -= 1) {
      this.swap(start, start + last);
      this.sink(0, last, start);
    }
  }

  /** Lets the item at `top` of the heap of `length` items that begins at `start` sink to its place. */
  private sink(top: number, length: number, start: number): void {
    let root = top;
    for (let child = 2 * root + 1; child < length; child = 2 * root + 1) {
      if (child + 1 < length && this.less(start + child, start + child + 1)) child += 1;
      if (!this.less(start + root, start + child)) return;
      this.swap(start + root, start + child);
      root = child;
    }
  }

  /** A pivot near the middle; a range that seems to fall is turned round. */
  private choosePivot(start: number, end: number): Pivot {
    const length = end - start;
    this.swaps = 0;
    const at = this.median(...this.quarters(start, length));
    if (this.swaps < MOST_SWAPS) return { at, seemsSorted: this.swaps === 0 };
    this.items.splice(start, length, ...this.items.slice(start, end).reverse());
    return { at: end - 1 - (at - start), seemsSorted: true };
  }

  /** Three places a quarter of the range apart; of many items that of the median next to each. */
  private quarters(start: number, length: number): [number, number, number] {
    const quarter = Math.floor(length / 4);
    const near = (at: number) => (length >= MANY ? this.median(at - 1, at, at + 1) : at);
    return [near(start + quarter), near(start + 2 * quarter), near(start + 3 * quarter)];
  }

  /** The place of the item in the middle of three. */
  private median(a: number, b: number, c: number): number {
    const [low, high] = this.inOrder(a, b);
    const [middle] = this.inOrder(high, c);
    return this.inOrder(low, middle)[1];
  }

  private inOrder(a: number, b: number): readonly [number, number] {
    if (!this.less(b, a)) return [a, b];
    this.swaps += 1;
    return [b, a];
  }

  /** Sorts a range in which few items are out of place. @returns whether it is sorted now. */
  private mend(start: number, end: number): boolean {
    let i = start + 1;
    for (let step = 0; step < MENDED; step += 1) {
      while (i < end && !this.less(i, i - 1)) i += 1;
      if (i === end) return true;
      if (end - start < MANY) return false;
      this.swap(i, i - 1);
      if (i - start >= 2) this.shiftDown(i - 1, 0);
      if (end - i >= 2) this.shiftUp(i + 1, end);
    }
    return false;
  }

  /** Puts the items that are not greater than the pivot first. @returns where the others begin. */
  private partitionEqual(start: number, end: number, pivot: number): number {
    this.swap(start, pivot);
    let [i, j] = [start + 1, end - 1];
    for (;;) {
      while (i <= j && !this.less(start, i)) i += 1;
      while (i <= j && this.less(start, j)) j -= 1;
      if (i > j) return i;
      this.swap(i, j);
      i += 1;
      j -= 1;
    }
  }

  /** Puts the items that are less than the pivot before it and the others behind. */
  private partition(start: number, end: number, pivot: number): { readonly at: number; readonly wasPartitioned: boolean } {
    this.swap(start, pivot);
    let [i, j] = [start + 1, end - 1];
    let isFirst = true;
    for (;;) {
      while (i <= j && this.less(i, start)) i += 1;
      while (i <= j && !this.less(j, start)) j -= 1;
      if (i > j) break;
      this.swap(i, j);
      i += 1;
      j -= 1;
      isFirst = false;
    }
    this.swap(j, start);
    return { at: j, wasPartitioned: isFirst };
  }

  /** Moves three items around the middle to places that look like chance and follow from the length alone. */
  private breakPatterns(start: number, end: number): void {
    const length = end - start;
    const mask = BigInt((1 << bitLength(length)) - 1);
    const middle = start + Math.floor(length / 4) * 2;
    let state = BigInt(length);
    for (let i = -2; i <= 0; i += 1) {
      state = nextOf(state);
      const other = Number(state & mask);
      this.swap(middle + i, start + (other >= length ? other - length : other));
    }
  }
}

/** A step of the 64-bit xorshift generator. */
function nextOf(state: bigint): bigint {
  const left = state ^ BigInt.asUintN(64, state << 13n);
  const right = left ^ (left >> 7n);
  return right ^ BigInt.asUintN(64, right << 17n);
}

function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}
