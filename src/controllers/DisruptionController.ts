import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget, DisruptionBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, milliseconds } from '../units.ts';
import { BudgetMembers } from './BudgetMembers.ts';
import { budgetStatus, firstExpiry } from './budgetStatus.ts';
import type { CustomScales } from './expectedPods.ts';
import { inferScales } from './inferScales.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';

/** Changes of a pod that no budget counts. */
const IRRELEVANT: ReadonlySet<ClusterChange['kind']> = new Set(['podBound', 'podPhaseChanged']);

/** What a disruption controller works on. */
export interface DisruptionControllerOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /**
   * Scales of owners that the cluster does not know as workloads. Without an entry, and without a recorded status that shows it, such an
   * owner closes a budget that needs its scale.
   */
  readonly customScales?: CustomScales;
  /** How long reactions take; absent: no time. */
  readonly latency?: Latency;
}

/**
 * Keeps the status of every disruption budget: who is expected, who is healthy, how many may go.
 *
 * A change of a pod refreshes only the first budget (by name) that selects it, as in Kubernetes, where the choice is arbitrary; a change
 * of a workload's scale refreshes none until one of its pods changes. Statuses are written in the phase `React`, in the
 * same instant unless a latency is given.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go
 */
export class DisruptionController {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly customScales: CustomScales;
  private readonly latency: Latency;
  private readonly members: BudgetMembers;
  private readonly queued = new Set<DisruptionBudget>();
  private readonly rechecks = new Map<DisruptionBudget, EventHandle>();
  /** How many changes of workloads there have been, and how many when a budget was last looked at. */
  private workloadChanges = 0;
  private readonly syncedAfter = new Map<DisruptionBudget, number>();
  private written: DisruptionBudgetStatus | undefined;

  /** Brings every budget up to date at once, so that evictions at t = 0 are judged rightly. */
  constructor({ sim, cluster, customScales = new Map(), latency = NO_LATENCY }: DisruptionControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.latency = latency;
    this.members = new BudgetMembers(cluster);
    this.customScales = inferScales(cluster, this.members, customScales);
    for (const budget of cluster.budgets.values()) {
      if (!this.isShadowed(budget)) this.sync(budget);
    }
  }

  onChange(change: ClusterChange): void {
    if ('pod' in change) this.onPodChange(change);
    else if ('budget' in change) this.onBudgetChange(change);
    else if ('workload' in change) this.workloadChanges += 1;
  }

  private onPodChange({ kind, pod }: Extract<ClusterChange, { pod: Pod }>): void {
    if (kind === 'podAdded' || kind === 'podUpdated') this.members.select(pod);
    else if (!IRRELEVANT.has(kind)) this.members.refresh(pod);
    const [first] = this.members.budgetsOf(pod);
    const isMere = IRRELEVANT.has(kind) && first && this.isCurrent(first);
    if (first && kind !== 'podNominated' && !isMere) this.enqueue(first);
    if (kind === 'podRemoved') this.members.forget(pod);
  }

  private onBudgetChange({ kind, budget }: Extract<ClusterChange, { budget: DisruptionBudget }>): void {
    if (kind === 'budgetStatusChanged') {
      if (budget.status !== this.written) this.enqueue(budget);
      return;
    }
    this.members.reselect(budget);
    if (kind === 'budgetRemoved') this.rechecks.get(budget)?.cancel();
    else this.enqueue(budget);
  }

  /** A budget that is never the first one of a pod keeps the status it was found with: nothing refreshes it in Kubernetes either. */
  private isShadowed(budget: DisruptionBudget): boolean {
    const pods = [...this.members.tallyOf(budget).pods];
    return budget.description.status !== undefined && pods.length > 0 && pods.every((pod) => this.members.budgetsOf(pod)[0] !== budget);
  }

  /** Whether another look at `budget` would find what the last one found, unless one of its pods counts in another way. */
  private isCurrent(budget: DisruptionBudget): boolean {
    return this.syncedAfter.get(budget) === this.workloadChanges && budget.status.disruptedPods.size === 0;
  }

  private enqueue(budget: DisruptionBudget): void {
    if (this.queued.has(budget)) return;
    this.queued.add(budget);
    this.schedule(budget, after(this.sim.now, this.latency('budgetStatus', budget.key)));
  }

  private schedule(budget: DisruptionBudget, at: Instant): EventHandle {
    return this.sim.schedule({ kind: 'disruption', entity: budget.key, fire: () => this.sync(budget) }, at, 'React');
  }

  private sync(budget: DisruptionBudget): void {
    this.queued.delete(budget);
    this.syncedAfter.set(budget, this.workloadChanges);
    if (this.cluster.budgets.get(budget.key) !== budget) return;
    const view = { tally: this.members.tallyOf(budget), now: this.sim.now, customScales: this.customScales };
    const status = budgetStatus(this.cluster, budget, view);
    this.recheckLater(budget, status);
    if (status === budget.status) return;
    this.written = status;
    this.cluster.setBudgetStatus(budget, status);
  }

  private recheckLater(budget: DisruptionBudget, status: DisruptionBudgetStatus): void {
    this.rechecks.get(budget)?.cancel();
    this.rechecks.delete(budget);
    const expiry = firstExpiry(status);
    if (expiry === undefined || expiry < this.sim.now) return;
    this.rechecks.set(budget, this.schedule(budget, after(expiry, milliseconds(1))));
  }
}
