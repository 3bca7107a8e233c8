import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';

/** The steps of many figures, each of which has its own side by side, in order of time. */
export class SortedSteps {
  /** Step by step: when it begins, and the value from then on. */
  private readonly numbers: Float64Array;
  /** By figure: where its first step is; at the end, where the steps end. */
  private readonly starts: Int32Array;
  /** By figure, where the next step goes that is added. */
  private readonly ends: Int32Array;

  /** There are to be so many steps of each figure. */
  constructor(counts: Int32Array) {
    this.starts = new Int32Array(counts.length + 1);
    for (let figure = 0; figure < counts.length; figure += 1) this.starts[figure + 1] = this.startOf(figure) + (counts[figure] ?? 0);
    this.ends = this.starts.slice();
    this.numbers = new Float64Array(2 * this.startOf(counts.length));
  }

  /** Adds a step after those of `figure` that there are. */
  add(figure: number, at: number, value: number): void {
    const step = this.ends[figure] ?? 0;
    this.numbers[2 * step] = at;
    this.numbers[2 * step + 1] = value;
    this.ends[figure] = step + 1;
  }

  /** Where the first step of a figure is; those of the next figure follow its last one. */
  startOf(figure: number): number {
    return this.starts[figure] ?? 0;
  }

  /** When a step begins. */
  timeOf(step: number): Instant {
    return (this.numbers[2 * step] ?? 0) as Instant;
  }

  valueOf(step: number): number {
    return this.numbers[2 * step + 1] ?? 0;
  }

  seriesOf(figure: number): StepSeries {
    const times: Instant[] = [];
    const values: number[] = [];
    for (let step = this.startOf(figure); step < this.startOf(figure + 1); step += 1) {
      times.push(this.timeOf(step));
      values.push(this.valueOf(step));
    }
    return { times, values };
  }
}
