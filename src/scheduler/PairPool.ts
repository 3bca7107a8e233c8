/**
 * Many short lists of pairs of numbers in one array, so that reading a list touches one piece of memory. A list takes a block of
 * some power of two of pairs, and gives it back when it outgrows it.
 */
export class PairPool {
  /** All blocks; another array once they need more. */
  numbers = new Int32Array(1024);
  private end = 0;
  /** Where free blocks begin, by the binary logarithm of their pairs. */
  private readonly free: number[][] = [];

  /** Finds room for `pairs`, a power of two. @returns the index in `numbers` at which the block begins; what it holds is old. */
  take(pairs: number): number {
    const known = this.free[Math.log2(pairs)]?.pop();
    if (known !== undefined) return known;
    const start = this.end;
    this.end += 2 * pairs;
    if (this.end > this.numbers.length) this.grow();
    return start;
  }

  /** Takes back the block of `pairs` that begins at `start`. */
  give(start: number, pairs: number): void {
    const size = Math.log2(pairs);
    const blocks = this.free[size] ?? [];
    blocks.push(start);
    this.free[size] = blocks;
  }

  /** Moves the pairs from `from` to before `end` up by one pair. */
  moveUp(from: number, end: number): void {
    const { numbers } = this;
    if (end - from > FEW) numbers.copyWithin(from + 2, from, end);
    else for (let i = end - 1; i >= from; i -= 1) numbers[i + 2] = numbers[i] ?? 0;
  }

  /** Moves the pairs from `from` to before `end` down by one pair. */
  moveDown(from: number, end: number): void {
    const { numbers } = this;
    if (end - from > FEW) numbers.copyWithin(from - 2, from, end);
    else for (let i = from; i < end; i += 1) numbers[i - 2] = numbers[i] ?? 0;
  }

  private grow(): void {
    const larger = new Int32Array(2 ** Math.ceil(Math.log2(this.end)));
    larger.set(this.numbers);
    this.numbers = larger;
  }
}

/** So many numbers are moved faster one by one than by a call. */
const FEW = 64;
