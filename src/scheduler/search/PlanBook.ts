import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { PodKind } from '../PodKind.ts';
import type { Columns } from './Columns.ts';
import { planFor, type SearchPlan } from './SearchPlan.ts';

/** Remembers a plan over some columns for every kind of pod. */
export class PlanBook {
  private readonly columns: Columns;
  private readonly context: CycleContext;
  /** By number of the kind; `null` stands for a kind that has no plan. */
  private plans: (SearchPlan | null | undefined)[] = [];
  private known = 0;

  constructor(columns: Columns, context: CycleContext) {
    this.columns = columns;
    this.context = context;
  }

  /** The plan for `pod`, which is of `kind`; undefined when it has to go the slow way. */
  planOf(pod: Pod, { number }: PodKind): SearchPlan | undefined {
    const known = this.plans[number];
    if (known !== undefined) return known ?? undefined;
    if (this.known >= MOST) this.forget();
    const plan = planFor(pod, this.columns, this.context);
    this.plans[number] = plan ?? null;
    this.known += 1;
    return plan;
  }

  /** To be called when it may be others who are spread together. */
  forget(): void {
    this.plans = [];
    this.known = 0;
  }
}

/** So many plans are remembered at most: pods of a dump may each be of a kind of their own. */
const MOST = 20_000;
