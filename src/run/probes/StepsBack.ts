import type { Instant } from '../../units.ts';
import type { SortedSteps } from './SortedSteps.ts';

/** Goes back over the steps of one figure. */
export class StepsBack {
  /** When the current step begins; before every run if the figure has no earlier step. */
  since = BEFORE_ALL;
  /** The value of that step; before its first step a figure is 0. */
  value = 0;
  private readonly steps: SortedSteps;
  private readonly first: number;
  private step: number;

  /** Stands at the last step of `figure`. */
  constructor(steps: SortedSteps, figure: number) {
    this.steps = steps;
    this.first = steps.startOf(figure);
    this.step = steps.startOf(figure + 1);
    this.goBack();
  }

  /** Goes to the last step that begins before `at`. */
  goBefore(at: Instant): this {
    while (this.since >= at) this.goBack();
    return this;
  }

  private goBack(): void {
    this.step -= 1;
    const isThere = this.step >= this.first;
    this.since = isThere ? this.steps.timeOf(this.step) : BEFORE_ALL;
    this.value = isThere ? this.steps.valueOf(this.step) : 0;
  }
}

const BEFORE_ALL = Number.NEGATIVE_INFINITY as Instant;
