import { carriedOver } from '../../sim/carriedOver.ts';
import type { Instant } from '../../units.ts';
import { SortedSteps } from './SortedSteps.ts';

/**
 * Many figures over time, by number. Equal neighbours are one step, and of several values in one instant the last one counts.
 *
 * Steps of all figures are appended to one log in the order in which they happen and sorted when they are read. A list per figure would
 * scatter every write over memory.
 */
export class StepLog {
  /** Row by row: a figure, when its step began, and its value from then on. */
  private numbers = new Float64Array(WIDTH * 1024);
  private rows = 0;
  /**
   * Four numbers per figure, half a cache line: its value, when that was recorded, the value in its last row, and how many rows it has. A
   * value is logged only when the clock has moved on, because many do not outlast their instant.
   */
  private ends = new Float64Array(FIRST_FIGURES << 2);
  private figures = 0;
  /** What was read last, unless something has been recorded since. */
  private sorted: SortedSteps | undefined;

  /** Begins a figure, which is 0 before its first step. @returns its number; they count up from 0. */
  begin(): number {
    const figure = this.figures++;
    if (figure << 2 === this.ends.length) this.ends = twice(this.ends);
    this.ends[(figure << 2) | AT] = NOT_YET;
    this.sorted = undefined;
    return figure;
  }

  hasBegun(figure: number): boolean {
    return (this.ends[(figure << 2) | AT] ?? NOT_YET) !== NOT_YET;
  }

  /** The value of a figure that was recorded last, 0 before the first. */
  current(figure: number): number {
    return this.ends[figure << 2] ?? 0;
  }

  /** The value of a figure when the instant `at` began, which must not lie before its last step. */
  before(figure: number, at: Instant): number {
    return this.ends[(figure << 2) | (at === this.ends[(figure << 2) | AT] ? LOGGED : 0)] ?? 0;
  }

  /** Takes note that a figure is `value` from `at` on, which must not lie before its last step. */
  record(figure: number, at: Instant, value: number): void {
    this.sorted = undefined;
    if (at !== this.ends[(figure << 2) | AT]) {
      if (this.isToBeLogged(figure)) this.log(figure);
      this.ends[(figure << 2) | AT] = at;
    }
    this.ends[figure << 2] = value;
  }

  /** Takes note that a figure is `more` than it was from `at` on. */
  change(figure: number, at: Instant, more: number): void {
    this.record(figure, at, this.current(figure) + more);
  }

  /** All steps of all figures so far. */
  read(): SortedSteps {
    this.sorted ??= this.sort();
    return this.sorted;
  }

  /** Whether a figure has a value that is not in the log and differs from the one before. */
  private isToBeLogged(figure: number): boolean {
    const start = figure << 2;
    const { ends } = this;
    return ends[start | AT] !== NOT_YET && (ends[start] !== ends[start | LOGGED] || ends[start | ROWS] === 0);
  }

  private log(figure: number): void {
    const start = figure << 2;
    const { ends } = this;
    const row = WIDTH * this.rows++;
    if (row === this.numbers.length) this.numbers = twice(this.numbers);
    const value = ends[start] ?? 0;
    this.numbers[row] = figure;
    this.numbers[row + 1] = ends[start | AT] ?? 0;
    this.numbers[row + 2] = value;
    ends[start | LOGGED] = value;
    ends[start | ROWS] = (ends[start | ROWS] ?? 0) + 1;
  }

  private sort(): SortedSteps {
    const { figures, ends, rows, numbers } = this;
    const counts = new Int32Array(figures);
    for (let figure = 0; figure < figures; figure += 1)
      counts[figure] = (ends[(figure << 2) | ROWS] ?? 0) + (this.isToBeLogged(figure) ? 1 : 0);
    const steps = new SortedSteps(counts);
    for (let row = 0; row < WIDTH * rows; row += WIDTH) steps.add(numbers[row] ?? 0, numbers[row + 1] ?? 0, numbers[row + 2] ?? 0);
    for (let figure = 0; figure < figures; figure += 1) {
      if (this.isToBeLogged(figure)) steps.add(figure, ends[(figure << 2) | AT] ?? 0, ends[figure << 2] ?? 0);
    }
    return steps;
  }
}

/** `numbers` with as much room again. */
function twice(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return carriedOver(numbers, new Float64Array(2 * numbers.length));
}

const WIDTH = 3;

const FIRST_FIGURES = 64;
const AT = 1;
const LOGGED = 2;
const ROWS = 3;
/** Before every instant of a run. */
const NOT_YET = -1;
