import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { StepLog } from './StepLog.ts';
import { StepsBack } from './StepsBack.ts';

/** Records a figure over time as steps; equal neighbours are one step, and of one instant the last value counts. */
export class StepRecorder {
  /** By this number the log knows it. */
  readonly figure: number;
  private readonly log: StepLog;

  /** Figures that are many share a `log`. */
  constructor(log = new StepLog()) {
    this.log = log;
    this.figure = log.begin();
  }

  /** The last value recorded, 0 before the first. */
  get current(): number {
    return this.log.current(this.figure);
  }

  get hasBegun(): boolean {
    return this.log.hasBegun(this.figure);
  }

  /** The value that held when the instant `at`, the last one or a later one, began. */
  before(at: Instant): number {
    return this.log.before(this.figure, at);
  }

  record(at: Instant, value: number): void {
    this.log.record(this.figure, at, value);
  }

  /** Records that from `at` on it is `more` than it was. */
  change(at: Instant, more: number): void {
    this.log.change(this.figure, at, more);
  }

  /** Stands at the step that holds at `at`. */
  backFrom(at: Instant): StepsBack {
    return new StepsBack(this.log.read(), this.figure).goBefore((at + 1) as Instant);
  }

  series(): StepSeries {
    return this.log.read().seriesOf(this.figure);
  }
}
