/**
 * The sums of many nodes in one array, a row for each: they are beyond small integers, so that as fields each change of one would be a new
 * object.
 */
export class SumRows {
  /** All rows; another array once there are more. */
  numbers: Float64Array;
  private end = 0;
  private readonly free: number[] = [];

  constructor(rows: number) {
    this.numbers = new Float64Array(rows * LENGTH);
  }

  /** Finds room for a row of zeros. @returns the index in `numbers` at which it begins. */
  take(): number {
    const known = this.free.pop();
    if (known !== undefined) return known;
    const start = this.end;
    this.end += LENGTH;
    if (this.end > this.numbers.length) this.grow();
    return start;
  }

  /** Takes back the row that begins at `start`. */
  give(start: number): void {
    this.numbers.fill(0, start, start + LENGTH);
    this.free.push(start);
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.numbers.length);
    larger.set(this.numbers);
    this.numbers = larger;
  }
}

/** Five sums, and the rest of a line of memory. */
const LENGTH = 8;
