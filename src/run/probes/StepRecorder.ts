import type { Instant } from '../../units.ts';
import type { StepSeries } from '../RunResult.ts';
import { StepLog } from './StepLog.ts';
import { StepsBack } from './StepsBack.ts';

/** Records a figure over time as steps; equal neighbours are one step, and of one instant the last value counts. */
export class StepRecorder {
  /** The last value recorded, 0 before the first. */
  current = 0;
  private readonly log: StepLog;
  /** When `current` was recorded: it is logged when the clock has gone on, because many values do not outlast their instant. */
  private at = -1 as Instant;
  private lastRow = -1;
  private lastLogged = 0;

  /** Figures that are many share a `log`. */
  constructor(log = new StepLog()) {
    this.log = log;
  }

  get hasBegun(): boolean {
    return this.at >= 0;
  }

  /** The value that held when the instant `at`, the last one or a later one, began. */
  before(at: Instant): number {
    return this.backFrom(at).goBefore(at).value;
  }

  record(at: Instant, value: number): void {
    if (at !== this.at) {
      this.logLast();
      this.at = at;
    }
    this.current = value;
  }

  /** Records that from `at` on it is `more` than it was. */
  change(at: Instant, more: number): void {
    this.record(at, this.current + more);
  }

  /** Stands at the step that holds at `at`. */
  backFrom(at: Instant): StepsBack {
    this.logLast();
    return new StepsBack(this.log, this.lastRow).goBefore((at + 1) as Instant);
  }

  series(): StepSeries {
    this.logLast();
    return this.log.seriesOf(this.lastRow);
  }

  private logLast(): void {
    if (!this.hasBegun || (this.current === this.lastLogged && this.lastRow >= 0)) return;
    this.lastRow = this.log.add(this.lastRow, this.at, this.current);
    this.lastLogged = this.current;
  }
}
