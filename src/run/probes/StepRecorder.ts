import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { StepLog } from './StepLog.ts';
import { StepsBack } from './StepsBack.ts';

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
    return this.backFrom(at).goBefore(at).value;
  }

  /** Stands at the step that holds at `at`. */
  backFrom(at: Instant): StepsBack {
    return new StepsBack(this.log, this.lastRow).goBefore((at + 1) as Instant);
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
