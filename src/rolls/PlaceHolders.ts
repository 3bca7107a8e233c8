import type { NodeDescription } from '../cluster/Node.ts';
import { firstNames } from './firstNames.ts';
import type { RollPlan } from './RollPlan.ts';

/** What of a node says whether it uses up a place: of a description or of a live node. */
type Countable = Pick<NodeDescription, 'name' | 'pool' | 'ready' | 'unschedulable'>;

/**
 * The nodes that use up places of `maxUnavailable` by their state, as `budgetAccounting` counts them: those of the pools that are rolled, whether
 * the plan takes them or not. A node whose pool is not known counts if the plan takes it.
 * @see openshift/machine-config-operator pkg/controller/node/status.go (getUnavailableMachines); kubernetes-sigs/karpenter
 * pkg/controllers/disruption/helpers.go (BuildDisruptionBudgetMapping)
 */
export class PlaceHolders {
  private readonly plan: Pick<RollPlan, 'budgetAccounting'>;
  private readonly taken: ReadonlySet<string>;
  private readonly pools: ReadonlySet<string>;

  /** `nodes` at the start of the roll. */
  constructor(plan: Pick<RollPlan, 'budgetAccounting' | 'nodes'>, nodes: Iterable<Countable>) {
    this.plan = plan;
    this.taken = new Set(plan.nodes);
    this.pools = new Set([...nodes].flatMap(({ name, pool }) => (pool !== undefined && this.taken.has(name) ? [pool] : [])));
  }

  /** The names of those among `nodes`, in their order. */
  among(nodes: Iterable<Countable>): readonly string[] {
    const { budgetAccounting = 'inflight' } = this.plan;
    if (budgetAccounting === 'inflight') return [];
    const names: string[] = [];
    for (const node of nodes) {
      const counts = node.ready !== 'True' || (node.unschedulable && budgetAccounting === 'unreadyOrCordoned');
      if (counts && this.isOfPool(node)) names.push(node.name);
    }
    return names;
  }

  /** `names` with what such nodes are. */
  describe(names: readonly string[]): string {
    const state = this.plan.budgetAccounting === 'anyUnready' ? 'not Ready' : 'not Ready or cordoned';
    return `${firstNames(names)} ${names.length === 1 ? 'is' : 'are'} ${state}`;
  }

  private isOfPool({ name, pool }: Countable): boolean {
    return pool === undefined ? this.taken.has(name) : this.pools.has(pool);
  }
}
