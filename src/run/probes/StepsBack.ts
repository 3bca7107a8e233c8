import type { Instant } from '../../units.ts';
import type { StepLog } from './StepLog.ts';

/** Goes back over the steps of one figure, where they are kept. */
export class StepsBack {
  /** When the step begins at which it stands; before every run where the figure has none any more. */
  since = Number.NEGATIVE_INFINITY as Instant;
  /** The value of that step; before its first step a figure is 0. */
  value = 0;
  private readonly log: StepLog;
  private row: number;

  constructor(log: StepLog, lastRow: number) {
    this.log = log;
    this.row = lastRow;
    this.read();
  }

  /** Goes to the last step that begins before `at`. */
  goBefore(at: Instant): this {
    while (this.since >= at) {
      this.row = this.log.before(this.row);
      this.read();
    }
    return this;
  }

  private read(): void {
    this.since = this.log.timeOf(this.row);
    this.value = this.log.valueOf(this.row);
  }
}
