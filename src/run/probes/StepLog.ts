import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';

/**
 * The steps of many figures in the order in which they happened, in rows that are only ever written at their end: a list for each figure
 * would have to be fetched from all over the memory for every step. Each row names the one before it of the same figure.
 */
export class StepLog {
  /** Row by row: the row before of the same figure, when the step began, and its value. */
  private numbers = new Float64Array(WIDTH * 1024);
  private rows = 0;

  /** Adds a step to the figure whose last row is `previous` (-1 for its first step). @returns the row of this step. */
  add(previous: number, at: Instant, value: number): number {
    const row = this.rows++;
    const start = WIDTH * row;
    if (start === this.numbers.length) this.grow();
    this.numbers[start] = previous;
    this.numbers[start + TIME] = at;
    this.numbers[start + VALUE] = value;
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

  private rowsOf(last: number): number[] {
    const rows: number[] = [];
    for (let row = last; row >= 0; row = this.before(row)) rows.push(row);
    return rows.reverse();
  }

  private grow(): void {
    const longer = new Float64Array(2 * this.numbers.length);
    longer.set(this.numbers);
    this.numbers = longer;
  }
}

const WIDTH = 3;
const TIME = 1;
const VALUE = 2;
