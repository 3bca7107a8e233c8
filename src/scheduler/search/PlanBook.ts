import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';
import type { CycleContext } from '../CycleContext.ts';
import { Columns } from './Columns.ts';
import { planFor, type SearchPlan } from './SearchPlan.ts';

interface Entry {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ownerKind: string | undefined;
  readonly ownerName: string | undefined;
  readonly plan: SearchPlan | undefined;
}

/** Remembers a plan for every kind of pod: those of one template share spec, labels and owner. */
export class PlanBook {
  private readonly context: CycleContext;
  /** undefined before the first search: the snapshot settles the order of nodes when it is first asked. */
  private columns: Columns | undefined;
  private plans = new WeakMap<PodSpec, Entry[]>();

  constructor(context: CycleContext) {
    this.context = context;
  }

  /** Forgets plans when it may be others who are spread together: Services and owners say so. */
  onChange(change: ClusterChange): void {
    const isOther = change.kind === 'workloadUpdated' && change.workload.selector !== change.before.selector;
    if (isOther || FORGETTING.has(change.kind)) this.plans = new WeakMap();
  }

  /** The plan for `pod`; undefined when it has to go the slow way. */
  planOf(pod: Pod): SearchPlan | undefined {
    const columns = this.presentColumns();
    const entries = this.plans.get(pod.spec) ?? [];
    const known = entries.find((entry) => isFor(entry, pod));
    if (known) return known.plan;
    const { namespace, labels, owner } = pod;
    const plan = planFor(pod, columns, this.context);
    this.plans.set(pod.spec, [...entries, { namespace, labels, ownerKind: owner?.kind, ownerName: owner?.name, plan }]);
    return plan;
  }

  private presentColumns(): Columns {
    const { snapshot, version } = this.context;
    if (this.columns?.nodes === snapshot.nodes) return this.columns;
    this.plans = new WeakMap();
    this.columns = new Columns(snapshot, version);
    return this.columns;
  }
}

const FORGETTING: ReadonlySet<ClusterChange['kind']> = new Set(['serviceChanged', 'workloadAdded', 'workloadRemoved']);

function isFor(entry: Entry, { namespace, labels, owner }: Pod): boolean {
  return entry.labels === labels && entry.namespace === namespace && entry.ownerName === owner?.name && entry.ownerKind === owner?.kind;
}
