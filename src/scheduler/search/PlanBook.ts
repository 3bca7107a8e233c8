import type { ChangeHandlers } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CycleContext } from '../CycleContext.ts';
import { namespaceLabelsOf } from '../plugins/affinityFilter.ts';
import { AffinityIndex } from './AffinityIndex.ts';
import { Columns } from './Columns.ts';
import { planFor, type SearchPlan } from './SearchPlan.ts';

/** Remembers a plan for every kind of pod. */
export class PlanBook {
  /** Forgets plans when it may be others who are spread together: Services and owners say so. */
  readonly on = {
    workloadAdded: () => this.forget(),
    workloadUpdated: ({ workload, before }) => {
      if (workload.selector !== before.selector) this.forget();
    },
    workloadRemoved: () => this.forget(),
    serviceChanged: () => this.forget(),
  } satisfies ChangeHandlers;
  private readonly context: CycleContext;
  /** undefined before the first search: the snapshot settles the order of nodes when it is first asked. */
  private current: Columns | undefined;
  /** By number of the kind; `null` stands for a kind that has no plan. */
  private plans: (SearchPlan | null | undefined)[] = [];
  private known = 0;
  private readonly affinities: AffinityIndex;

  constructor(context: CycleContext) {
    this.context = context;
    this.affinities = new AffinityIndex(context.snapshot.groups, namespaceLabelsOf(context));
  }

  /** The columns over the nodes as they are now; plans over others are forgotten. */
  get columns(): Columns {
    const { snapshot, version } = this.context;
    if (this.current?.nodes === snapshot.nodes) return this.current;
    this.forget();
    this.current = new Columns(snapshot, version, this.affinities);
    return this.current;
  }

  /** The plan for `pod`; undefined when it has to go the slow way. */
  planOf(pod: Pod): SearchPlan | undefined {
    const { columns } = this;
    const { number } = this.context.demands.kindOf(pod);
    const known = this.plans[number];
    if (known !== undefined) return known ?? undefined;
    if (this.known >= MOST) this.forget();
    const plan = planFor(pod, columns, this.context);
    this.plans[number] = plan ?? null;
    this.known += 1;
    return plan;
  }

  private forget(): void {
    this.plans = [];
    this.known = 0;
  }
}

/** So many plans are remembered at most: pods of a dump may each be of a kind of their own. */
const MOST = 20_000;
