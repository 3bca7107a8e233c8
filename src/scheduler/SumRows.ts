/**
 * The numbers of many nodes in one array, a row for each that fills a line of memory: they are beyond small integers, so that as fields
 * each change of one would be a new object. {@link IN_ROW} says what they are; most are sums over pods.
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

  /** Adds to the row that begins at `row` what the row of `amounts` that begins at `other` says, or takes it away. */
  add(row: number, amounts: SumRows, other: number, sign: 1 | -1): void {
    const { numbers } = this;
    const more = amounts.numbers;
    for (let i = 0; i < SUMS; i += 1) numbers[row + i] = (numbers[row + i] ?? 0) + sign * (more[other + i] ?? 0);
  }

  /** Writes the row that begins at `row`. */
  write(row: number, sums: readonly number[]): void {
    this.numbers.set(sums, row);
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.numbers.length);
    larger.set(this.numbers);
    this.numbers = larger;
  }
}

/** Where in the row of a node each number is. The row of a pod says what the pod adds to that. */
export const IN_ROW = {
  /** Sums of the real requests. */
  requestedMilliCpu: 0,
  requestedMemory: 1,
  requestedEphemeralStorage: 2,
  /** Sums with defaults in place of missing requests, as scoring uses them. */
  scoringMilliCpu: 3,
  scoringMemory: 4,
  /** How many more pods the node takes: each pod adds -1. Below 0 when there are too many. */
  freePods: 5,
  /** Pods add nothing to these. */
  allocatableMilliCpu: 6,
  allocatableMemory: 7,
} as const;

const LENGTH = 8;
/** So many numbers, the first ones, change with pods. */
const SUMS = 6;
