import type { Instant } from '../../units.ts';
import type { StepLog } from './StepLog.ts';

/** Goes back over the steps of one figure, where they are kept. */
export class StepsBack {
  private readonly log: StepLog;
  private row: number;

  constructor(log: StepLog, lastRow: number) {
    this.log = log;
    this.row = lastRow;
  }

  /** When the step begins at which it stands; before every run where the figure has none any more. */
  get since(): Instant {
    return this.log.timeOf(this.row);
  }

  /** The value of that step. */
  get value(): number {
    return this.log.valueOf(this.row);
  }

  /** Goes to the last step that begins before `at`. */
  goBefore(at: Instant): this {
    while (this.since >= at) this.row = this.log.before(this.row);
    return this;
  }
}
