import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';

/**
 * The steps of many figures in the order in which they happened, in columns that are only ever written at their end: a list for each figure
 * would have to be fetched from all over the memory for every step. Each row names the one before it of the same figure.
 */
export class StepLog {
  private previous = new Int32Array(1024);
  private times = new Float64Array(1024);
  private values = new Float64Array(1024);
  private rows = 0;

  /** Adds a step to the figure whose last row is `previous` (-1 for its first step). @returns the row of this step. */
  add(previous: number, at: Instant, value: number): number {
    const row = this.rows++;
    if (row === this.previous.length) this.grow();
    this.previous[row] = previous;
    this.times[row] = at;
    this.values[row] = value;
    return row;
  }

  /** The row before `row` of the same figure; -1 for its first one. */
  before(row: number): number {
    return this.previous[row] ?? -1;
  }

  /** When the step in `row` began; before every run for -1. */
  timeOf(row: number): Instant {
    return (this.times[row] ?? Number.NEGATIVE_INFINITY) as Instant;
  }

  /** 0 for row -1: before its first step a figure is 0. */
  valueOf(row: number): number {
    return this.values[row] ?? 0;
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
    const rows = 2 * this.rows;
    const [previous, times, values] = [new Int32Array(rows), new Float64Array(rows), new Float64Array(rows)];
    previous.set(this.previous);
    times.set(this.times);
    values.set(this.values);
    this.previous = previous;
    this.times = times;
    this.values = values;
  }
}
