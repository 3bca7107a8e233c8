import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import { StepFunction } from '../../stats/StepFunction.ts';
import type { Instant } from '../../units.ts';
import type { StepLog } from './StepLog.ts';
import { StepRecorder } from './StepRecorder.ts';

/** How many pods a workload is not to fall below. */
export interface Floor {
  /** What counts as `ready` may be more than the pods of the workload, or fewer. */
  readonly track: { readonly ready: StepRecorder };
  readonly wanted: StepRecorder;
}

/** What a budget wants healthy, as long as pods of one workload are under it. */
export interface BudgetFloor extends Floor {
  readonly track: BudgetTrack;
  /** The Ready pods of the workload. */
  readonly ready: StepRecorder;
  /** `desiredHealthy`, for all workloads under the budget together; 0 while it selects no pod of this one. */
  readonly wanted: StepRecorder;
}

/** A budget over time, with the workloads whose pods it selects or has selected. */
export class BudgetTrack {
  readonly budget: DisruptionBudget;
  private floors: BudgetFloor[] = [];
  private sum: StepRecorder | undefined = undefined;

  constructor(budget: DisruptionBudget) {
    this.budget = budget;
  }

  /** A workload comes under the budget with `ready` Ready pods. Its floor is kept in `log`. */
  take(ready: StepRecorder, log: StepLog): BudgetFloor {
    const floor = { track: this, ready, wanted: new StepRecorder(log) };
    // Most have no more than one: a list that begins with it has no room to spare.
    if (this.floors.length === 0) this.floors = [floor];
    else this.floors.push(floor);
    return floor;
  }

  /**
   * How many pods of all workloads under the budget are Ready, which is what `desiredHealthy` refers to. To be read when the run is over.
   */
  get ready(): StepRecorder {
    const [only, other] = this.floors;
    if (only && !other) return only.ready;
    this.sum ??= sumOf(this.floors);
    return this.sum;
  }
}

function sumOf(floors: readonly BudgetFloor[]): StepRecorder {
  const sum = new StepRecorder();
  const changes = floors.flatMap(changesOf).sort((a, b) => a.at - b.at);
  for (const { at, more } of changes) sum.change(at, more);
  return sum;
}

/** When how many more pods of a workload that the budget selects were Ready. */
function changesOf({ ready, wanted }: BudgetFloor): { readonly at: Instant; readonly more: number }[] {
  const [pods, floor] = [ready.series(), wanted.series()];
  const [podsOver, floorOver] = [new StepFunction(pods), new StepFunction(floor)];
  const times = [...new Set([...pods.times, ...floor.times])].sort((a, b) => a - b);
  let before = 0;
  return times.map((at) => {
    const counted = floorOver.at(at) > 0 ? podsOver.at(at) : 0;
    const more = counted - before;
    before = counted;
    return { at, more };
  });
}
