import type { PodRequests } from '../cluster/podRequests.ts';
import { carriedOver } from '../sim/carriedOver.ts';
import { balanceOf } from './balancedAllocation.ts';
import { shareOfBothLeft } from './leastAllocated.ts';

/** Those requests of a pod that nodes have sums of. */
type SummedRequests = Pick<PodRequests, 'milliCpu' | 'memory' | 'ephemeralStorage' | 'placedScore'>;

/**
 * The numbers of many nodes in one array, one row per node, which fills a cache line. As fields of an object they would exceed small
 * integers, and each change would allocate. Most are sums over pods; there are also rows for what a pod of a kind adds to those sums.
 *
 * Only this class knows where in a row each number is. These places are literals, because a literal is part of the code and need not be
 * loaded. Rows are numbered in multiples of eight, so that `|` leads to a place: that cannot overflow and so needs no check.
 */
export class SumRows {
  /** All rows; another array once there are more. */
  private numbers: Float64Array;
  private end = 0;
  private readonly free: number[] = [];

  constructor(rows: number) {
    this.numbers = new Float64Array(rows * LENGTH);
  }

  /** Finds room for a row of zeros. @returns its number, by which it is asked for. */
  take(): number {
    const known = this.free.pop();
    if (known !== undefined) return known;
    const row = this.end;
    this.end += 1;
    if (this.end * LENGTH > this.numbers.length) this.grow();
    return row;
  }

  /** Takes back a row. */
  give(row: number): void {
    this.numbers.fill(0, row * LENGTH, (row + 1) * LENGTH);
    this.free.push(row);
  }

  requestedMilliCpu(row: number): number {
    return this.numbers[row << 3] ?? 0;
  }

  requestedMemory(row: number): number {
    return this.numbers[(row << 3) | 1] ?? 0;
  }

  requestedEphemeralStorage(row: number): number {
    return this.numbers[(row << 3) | 2] ?? 0;
  }

  scoringMilliCpu(row: number): number {
    return this.numbers[(row << 3) | 3] ?? 0;
  }

  scoringMemory(row: number): number {
    return this.numbers[(row << 3) | 4] ?? 0;
  }

  /** How many more pods the node takes; below 0 when there are too many. */
  freePods(row: number): number {
    return this.numbers[(row << 3) | 5] ?? 0;
  }

  allocatableMilliCpu(row: number): number {
    return this.numbers[(row << 3) | 6] ?? 0;
  }

  allocatableMemory(row: number): number {
    return this.numbers[(row << 3) | 7] ?? 0;
  }

  /**
   * The score of the node for a pod with `requests`: LeastAllocated plus BalancedAllocation, at most 200; NO_ROOM if CPU, memory or pods
   * are short, as in `hasRoomFor`.
   */
  rate(node: number, { milliCpu, memory, pendingScore }: PodRequests): number {
    const { numbers } = this;
    const row = node << 3;
    const cpus = numbers[row | 6] ?? 0;
    const memories = numbers[row | 7] ?? 0;
    const requestedMilliCpu = (numbers[row] ?? 0) + milliCpu;
    const requestedMemory = (numbers[row | 1] ?? 0) + memory;
    const isShort = (milliCpu > 0 && requestedMilliCpu > cpus) || (memory > 0 && requestedMemory > memories);
    if (isShort || (numbers[row | 5] ?? 0) < 1) return NO_ROOM;
    const scoringMilliCpu = (numbers[row | 3] ?? 0) + pendingScore.milliCpu;
    const scoringMemory = (numbers[row | 4] ?? 0) + pendingScore.memory;
    const left = shareOfBothLeft(scoringMilliCpu, cpus, scoringMemory, memories);
    if (milliCpu === 0 && memory === 0) return left;
    return left + balanceOf(requestedMilliCpu, cpus, requestedMemory, memories);
  }

  /** Says how much there is of the node. */
  allot(node: number, milliCpu: number, memory: number, freePods: number): void {
    const { numbers } = this;
    const row = node << 3;
    numbers[row | 5] = freePods;
    numbers[row | 6] = milliCpu;
    numbers[row | 7] = memory;
  }

  /** Adds to the row of `node` what the row of `amounts` for `kind` says. */
  add(node: number, amounts: SumRows, kind: number): void {
    const { numbers } = this;
    const more = amounts.numbers;
    const row = node << 3;
    const other = kind << 3;
    numbers[row] = (numbers[row] ?? 0) + (more[other] ?? 0);
    numbers[row | 1] = (numbers[row | 1] ?? 0) + (more[other | 1] ?? 0);
    numbers[row | 2] = (numbers[row | 2] ?? 0) + (more[other | 2] ?? 0);
    numbers[row | 3] = (numbers[row | 3] ?? 0) + (more[other | 3] ?? 0);
    numbers[row | 4] = (numbers[row | 4] ?? 0) + (more[other | 4] ?? 0);
    numbers[row | 5] = (numbers[row | 5] ?? 0) + (more[other | 5] ?? 0);
  }

  /** Takes back what `add` did. */
  subtract(node: number, amounts: SumRows, kind: number): void {
    const { numbers } = this;
    const less = amounts.numbers;
    const row = node << 3;
    const other = kind << 3;
    numbers[row] = (numbers[row] ?? 0) - (less[other] ?? 0);
    numbers[row | 1] = (numbers[row | 1] ?? 0) - (less[other | 1] ?? 0);
    numbers[row | 2] = (numbers[row | 2] ?? 0) - (less[other | 2] ?? 0);
    numbers[row | 3] = (numbers[row | 3] ?? 0) - (less[other | 3] ?? 0);
    numbers[row | 4] = (numbers[row | 4] ?? 0) - (less[other | 4] ?? 0);
    numbers[row | 5] = (numbers[row | 5] ?? 0) - (less[other | 5] ?? 0);
  }

  /** Makes the row that a pod adds to that of its node: its requests, both real and for scoring, and one free pod less. */
  takeFor({ milliCpu, memory, ephemeralStorage, placedScore }: SummedRequests): number {
    const row = this.take();
    this.numbers.set([milliCpu, memory, ephemeralStorage, placedScore.milliCpu, placedScore.memory, -1], row * LENGTH);
    return row;
  }

  private grow(): void {
    this.numbers = carriedOver(this.numbers, new Float64Array(2 * this.numbers.length));
  }
}

/** The rating of a node that cannot take the pod in. */
export const NO_ROOM = -1;

const LENGTH = 8;
