import { carriedOver } from '../../sim/carriedOver.ts';
import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';

/**
 * Many figures over time, by number. Equal neighbours are one step, and of one instant the last value counts.
 *
 * Their steps are kept in the order in which they happened, in rows that are only ever written at their end: a list for each figure would
 * have to be fetched from all over the memory for every step. Each row names the one before it of the same figure.
 */
export class StepLog {
  /** Row by row: the row before of the same figure, when the step began, and its value. */
  private numbers = new Float64Array(WIDTH * 1024);
  private rows = 0;
  /**
   * Four numbers a figure, half a line of memory: its value, when that was recorded, its last row and the value there. A value is logged when
   * the clock has gone on, because many do not outlast their instant.
   */
  private ends = new Float64Array(FIRST_FIGURES << 2);
  private figures = 0;

  /** Begins a figure, which is 0 before its first step. @returns its number; they count up from 0. */
  begin(): number {
    const figure = this.figures++;
    if (figure << 2 === this.ends.length) this.ends = twice(this.ends);
    this.ends[(figure << 2) | AT] = NOT_YET;
    this.ends[(figure << 2) | LAST_ROW] = -1;
    return figure;
  }

  hasBegun(figure: number): boolean {
    return (this.ends[(figure << 2) | AT] ?? NOT_YET) !== NOT_YET;
  }

  /** The value of a figure that was recorded last, 0 before the first. */
  current(figure: number): number {
    return this.ends[figure << 2] ?? 0;
  }

  /** Takes note that a figure is `value` from `at` on, which must not lie before its last step. */
  record(figure: number, at: Instant, value: number): void {
    if (at !== this.ends[(figure << 2) | AT]) {
      this.lastRowOf(figure);
      this.ends[(figure << 2) | AT] = at;
    }
    this.ends[figure << 2] = value;
  }

  /** Takes note that a figure is `more` than it was from `at` on. */
  change(figure: number, at: Instant, more: number): void {
    this.record(figure, at, this.current(figure) + more);
  }

  /** The last row of a figure, when all that was recorded of it is logged; -1 where that is nothing. */
  lastRowOf(figure: number): number {
    const start = figure << 2;
    const { ends } = this;
    const value = ends[start] ?? 0;
    const at = ends[start | AT] ?? NOT_YET;
    const lastRow = ends[start | LAST_ROW] ?? -1;
    if (at === NOT_YET || (value === ends[start | LOGGED] && lastRow >= 0)) return lastRow;
    const row = this.add(lastRow, at as Instant, value);
    ends[start | LAST_ROW] = row;
    ends[start | LOGGED] = value;
    return row;
  }

  /** The row before `row` of the same figure; -1 for its first one. */
  before(row: number): number {
    return this.numbers[WIDTH * row] ?? -1;
  }

  /** When the step in `row` began; before every run for -1. */
  timeOf(row: number): Instant {
    return (row < 0 ? Number.NEGATIVE_INFINITY : this.numbers[WIDTH * row + TIME]) as Instant;
  }

  /** 0 for row -1: before its first step a figure is 0. */
  valueOf(row: number): number {
    return row < 0 ? 0 : (this.numbers[WIDTH * row + VALUE] ?? 0);
  }

  /** The steps of the figure whose last row is `row`: of one instant the last value counts, and equal neighbours are one step. */
  seriesOf(row: number): StepSeries {
    const times: Instant[] = [];
    const values: number[] = [];
    for (const each of this.rowsOf(row)) {
      const at = this.timeOf(each);
      if (at === times[times.length - 1]) {
        times.pop();
        values.pop();
      }
      const value = this.valueOf(each);
      if (value === values[values.length - 1]) continue;
      times.push(at);
      values.push(value);
    }
    return { times, values };
  }

  /** Adds a step to the figure whose last row is `previous` (-1 for its first step). @returns the row of this step. */
  private add(previous: number, at: Instant, value: number): number {
    const row = this.rows++;
    const start = WIDTH * row;
    if (start === this.numbers.length) this.numbers = twice(this.numbers);
    this.numbers[start] = previous;
    this.numbers[start + TIME] = at;
    this.numbers[start + VALUE] = value;
    return row;
  }

  private rowsOf(last: number): number[] {
    const rows: number[] = [];
    for (let row = last; row >= 0; row = this.before(row)) rows.push(row);
    return rows.reverse();
  }
}

/** `numbers` with as much room again. */
function twice(numbers: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return carriedOver(numbers, new Float64Array(2 * numbers.length));
}

const WIDTH = 3;
const TIME = 1;
const VALUE = 2;

const FIRST_FIGURES = 64;
const AT = 1;
const LAST_ROW = 2;
const LOGGED = 3;
/** Before every instant of a run. */
const NOT_YET = -1;
