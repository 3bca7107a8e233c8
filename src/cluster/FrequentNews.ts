import { BudgetNews } from './BudgetNews.ts';
import type { Node } from './Node.ts';
import { PodNews } from './PodNews.ts';

/** The changes that a cluster tells most often, by kind, and those that it tells in addition for some of the same pods. */
export class FrequentNews {
  readonly podAdded = new PodNews('podAdded');
  readonly podGiven = new PodNews('podGiven');
  readonly podClassBegun = new PodNews('podClassBegun');
  readonly podBound = new PodNews<'podBound', Node>('podBound');
  readonly podRunning = new PodNews('podRunning');
  readonly podReadyChanged = new PodNews('podReadyChanged');
  readonly podTerminating = new PodNews('podTerminating');
  readonly podRemoved = new PodNews<'podRemoved', Node | undefined>('podRemoved');
  readonly podLost = new PodNews('podLost');
  readonly podClassEnded = new PodNews('podClassEnded');
  readonly budgetStatusChanged = new BudgetNews('budgetStatusChanged');
  readonly budgetCharged = new BudgetNews('budgetCharged');
}
