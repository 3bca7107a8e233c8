import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';

/** Records a figure over time as steps; equal neighbours are one step, and of one instant the last value counts. */
export class StepRecorder {
  private readonly times: Instant[] = [];
  private readonly values: number[] = [];

  /** The last value recorded, 0 before the first. */
  get current(): number {
    return this.values[this.values.length - 1] ?? 0;
  }

  /** The value that held when the instant `at`, the last one or a later one, began. */
  before(at: Instant): number {
    const last = this.times.length - 1;
    return this.values[this.times[last] === at ? last - 1 : last] ?? 0;
  }

  record(at: Instant, value: number): void {
    if (this.times[this.times.length - 1] === at) {
      this.times.pop();
      this.values.pop();
    }
    const steps = this.values.length;
    if (steps > 0 && this.values[steps - 1] === value) return;
    this.times.push(at);
    this.values.push(value);
  }

  series(): StepSeries {
    return { times: this.times, values: this.values };
  }
}
