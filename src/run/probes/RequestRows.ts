import type { PodClass } from '../../cluster/PodClass.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import { carriedOver } from '../../sim/carriedOver.ts';

/** What is requested: thousandths of a CPU, bytes. */
export interface CpuAndMemory {
  readonly milliCpu: number;
  readonly memory: number;
}

/** What the pods of each class request, in rows of two numbers: an object for each would be three pieces of memory for every pod that is bound. */
export class RequestRows {
  private numbers = new Float64Array(FIRST_CLASSES << 1).fill(UNKNOWN);
  private readonly requestsOf: (spec: PodSpec) => CpuAndMemory;

  constructor(requestsOf: (spec: PodSpec) => CpuAndMemory) {
    this.requestsOf = requestsOf;
  }

  /** Where the numbers of a class of the cluster are. */
  rowOf(podClass: PodClass): number {
    const row = podClass.id << 1;
    if ((this.numbers[row] ?? UNKNOWN) === UNKNOWN) this.fill(row, podClass);
    return row;
  }

  milliCpuIn(row: number): number {
    return this.numbers[row] ?? 0;
  }

  memoryIn(row: number): number {
    return this.numbers[row | 1] ?? 0;
  }

  private fill(row: number, { spec }: PodClass): void {
    const { milliCpu, memory } = this.requestsOf(spec);
    if (row >= this.numbers.length) this.enlarge(row);
    this.numbers[row] = milliCpu;
    this.numbers[row | 1] = memory;
  }

  private enlarge(row: number): void {
    this.numbers = carriedOver(this.numbers, new Float64Array(2 * row).fill(UNKNOWN));
  }
}

/** Room at the start. */
const FIRST_CLASSES = 64;
const UNKNOWN = -1;
