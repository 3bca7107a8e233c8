import { type Instant, instant } from '../../units.ts';
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

  /** The value that the figure whose last row is `row` had before the instant `at`; 0 when it had none. */
  before(at: Instant, row: number): number {
    let last = row;
    while (last >= 0 && this.times[last] === at) last = this.previous[last] ?? -1;
    return this.values[last] ?? 0;
  }

  /** The steps of the figure whose last row is `row`: of one instant the last value counts, and equal neighbours are one step. */
  seriesOf(row: number): StepSeries {
    const times: Instant[] = [];
    const values: number[] = [];
    for (const each of this.rowsOf(row)) {
      const at = instant(this.times[each] ?? 0);
      if (at === times[times.length - 1]) {
        times.pop();
        values.pop();
      }
      const value = this.values[each] ?? 0;
      if (value === values[values.length - 1]) continue;
      times.push(at);
      values.push(value);
    }
    return { times, values };
  }

  private rowsOf(last: number): number[] {
    const rows: number[] = [];
    for (let row = last; row >= 0; row = this.previous[row] ?? -1) rows.push(row);
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
