import { carriedOver } from '../sim/carriedOver.ts';

/**
 * Many short lists of pairs of numbers in one array, so that reading a list touches one piece of memory. A list occupies a block of a power
 * of two of pairs and returns it when it outgrows it.
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

  private grow(): void {
    this.numbers = carriedOver(this.numbers, new Int32Array(2 ** Math.ceil(Math.log2(this.end))));
  }
}
