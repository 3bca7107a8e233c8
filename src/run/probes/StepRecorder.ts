import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { StepLog } from './StepLog.ts';

/** Records a figure over time as steps; equal neighbours are one step, and of one instant the last value counts. */
export class StepRecorder {
  /** The last value recorded, 0 before the first. */
  current = 0;
  private readonly log: StepLog;
  private lastRow = -1;

  /** Figures that are many share a `log`. */
  constructor(log = new StepLog()) {
    this.log = log;
  }

  /** The value that held when the instant `at`, the last one or a later one, began. */
  before(at: Instant): number {
    return this.log.before(at, this.lastRow);
  }

  record(at: Instant, value: number): void {
    if (value === this.current && this.lastRow >= 0) return;
    this.current = value;
    this.lastRow = this.log.add(this.lastRow, at, value);
  }

  series(): StepSeries {
    return this.log.seriesOf(this.lastRow);
  }
}
