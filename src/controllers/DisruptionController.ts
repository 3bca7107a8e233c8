import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { DisruptionBudget, DisruptionBudgetStatus } from '../cluster/DisruptionBudget.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable } from '../cluster/PodClass.ts';
import { eventKind } from '../sim/EventKind.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, milliseconds } from '../units.ts';
import { BudgetMembers } from './BudgetMembers.ts';
import type { BudgetTally } from './BudgetTally.ts';
import { budgetStatus, firstExpiry } from './budgetStatus.ts';
import { type CountFailure, type CustomScales, type ExpectedPods, expectedPods } from './expectedPods.ts';
import { inferScales } from './inferScales.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';

/** Changes of a pod that no budget counts. */
const IRRELEVANT: ReadonlySet<ClusterChange['kind']> = new Set(['podBound', 'podRunning', 'podPhaseChanged']);

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

/** What the controller remembers of one budget. */
interface Watched {
  readonly budget: DisruptionBudget;
  readonly tally: BudgetTally;
  isQueued: boolean;
  /** The next look because an accepted eviction stops to count. */
  recheck: EventId;
  /** How many changes of workloads there had been when it was last looked at, and what was counted. */
  lookedAfter: number;
  seen: Pick<BudgetTally, 'pods' | 'serving' | 'ownersVersion'>;
  /** What the pods it expects were counted from, and how many they are. */
  counted: { readonly workloadChanges: number; readonly ownersVersion: number; readonly expected: ExpectedPods | CountFailure } | undefined;
}

/**
 * Keeps the status of every disruption budget: who is expected, who is healthy, how many may go.
 *
 * A change of a pod refreshes only the first budget (by name) that selects it, as in Kubernetes, where the choice is arbitrary; a change
 * of a workload's scale refreshes none until one of its pods changes. Statuses are written in the phase `React`, in the
 * same instant unless a latency is given.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go
 */
export class DisruptionController implements ClusterListener {
  readonly hears = [
    ...([
      'podAdded',
      'podBound',
      'podRunning',
      'podPhaseChanged',
      'podReadyChanged',
      'podTerminating',
      'podUpdated',
      'podReleased',
      'podRemoved',
    ] as const),
    ...(['budgetAdded', 'budgetUpdated', 'budgetStatusChanged', 'budgetRemoved'] as const),
    ...(['workloadAdded', 'workloadUpdated', 'workloadRemoved'] as const),
  ];
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly customScales: CustomScales;
  private readonly latency: Latency;
  private readonly members: BudgetMembers;
  private readonly watched = new Map<DisruptionBudget, Watched>();
  /** The first budget over the pods of a class; null: there is none. */
  private readonly firstOfClass = new ClassTable((podClass) => {
    const [first] = this.cluster.budgetsOfClass(podClass);
    return first ? this.watchedOf(first) : null;
  });
  private readonly look = eventKind<Watched>({ name: 'disruption', phase: 'React', fire: (watched) => this.sync(watched) });
  /** How many changes of workloads there have been. */
  private workloadChanges = 0;
  private written: DisruptionBudgetStatus | undefined;

  /**
   * Brings every budget up to date at once, so that evictions at t = 0 are judged rightly. One that is never the first of a pod keeps the
   * status it was found with: nothing refreshes it in Kubernetes either.
   */
  constructor({ sim, cluster, customScales = new Map(), latency = NO_LATENCY }: DisruptionControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.latency = latency;
    this.members = new BudgetMembers(cluster);
    this.customScales = inferScales(cluster, this.members, customScales);
    const refreshed = new Set([...cluster.pods.values()].flatMap((pod) => this.members.budgetsOf(pod)[0] ?? []));
    for (const budget of cluster.budgets.values()) {
      const isShadowed = budget.description.status !== undefined && this.members.tallyOf(budget).pods > 0 && !refreshed.has(budget);
      if (!isShadowed) this.sync(this.watchedOf(budget));
    }
  }

  onChange(change: ClusterChange): void {
    if ('pod' in change) this.onPodChange(change);
    else if ('budget' in change) this.onBudgetChange(change);
    else if ('workload' in change) this.workloadChanges += 1;
  }

  private onPodChange({ kind, pod }: Extract<ClusterChange, { pod: Pod }>): void {
    if (kind === 'podRemoved') this.members.forget(pod);
    else if (!IRRELEVANT.has(kind)) this.members.count(pod);
    const watched = this.firstOfClass.of(pod.podClass);
    if (!watched) return;
    // Every look draws its latency, and one that is under way decides when the next change is seen: so none is left out then.
    const isAlwaysSeen = this.latency !== NO_LATENCY && !IRRELEVANT.has(kind);
    if (isAlwaysSeen || !this.isCurrent(watched)) this.enqueue(watched);
  }

  private onBudgetChange({ kind, budget }: Extract<ClusterChange, { budget: DisruptionBudget }>): void {
    const watched = this.watchedOf(budget);
    if (kind === 'budgetStatusChanged') {
      if (budget.status !== this.written) this.enqueue(watched);
      return;
    }
    this.members.recount(budget);
    this.firstOfClass.clear();
    watched.counted = undefined;
    if (kind === 'budgetRemoved') this.sim.callOff(watched.recheck);
    else this.enqueue(watched);
  }

  private watchedOf(budget: DisruptionBudget): Watched {
    const known = this.watched.get(budget);
    if (known) return known;
    const watched: Watched = {
      budget,
      tally: this.members.tallyOf(budget),
      isQueued: false,
      recheck: NO_EVENT,
      lookedAfter: -1,
      seen: { pods: 0, serving: 0, ownersVersion: 0 },
      counted: undefined,
    };
    this.watched.set(budget, watched);
    return watched;
  }

  /** Whether another look would find what the last one found. */
  private isCurrent({ budget, tally, lookedAfter, seen }: Watched): boolean {
    if (lookedAfter !== this.workloadChanges || budget.status.disruptedPods.size > 0) return false;
    const { pods, serving, ownersVersion } = tally;
    return seen.serving === serving && seen.ownersVersion === ownersVersion && (seen.pods === pods || dependsOnOwners(budget));
  }

  private enqueue(watched: Watched): void {
    if (watched.isQueued) return;
    watched.isQueued = true;
    const { key } = watched.budget;
    this.sim.expect(this.look, watched, key, after(this.sim.now, this.latency('budgetStatus', key)));
  }

  private sync(watched: Watched): void {
    const { budget } = watched;
    watched.isQueued = false;
    watched.lookedAfter = this.workloadChanges;
    if (this.cluster.budgets.get(budget.key) !== budget) return;
    watched.seen = countsOf(watched.tally);
    const view = { members: this.members, now: this.sim.now, expected: this.expectedOf(watched) };
    const status = budgetStatus(this.cluster, budget, view);
    this.recheckLater(watched, status);
    if (status === budget.status) return;
    this.written = status;
    this.cluster.setBudgetStatus(budget, status);
  }

  /** Counts anew only when a workload has changed or the pods have another owner: the pods themselves matter to an integer `minAvailable`. */
  private expectedOf(watched: Watched): ExpectedPods | CountFailure {
    const { budget, counted } = watched;
    const { workloadChanges } = this;
    const { ownersVersion } = watched.tally;
    const isValid = dependsOnOwners(budget) && counted?.workloadChanges === workloadChanges && counted.ownersVersion === ownersVersion;
    if (isValid && !('failure' in counted.expected)) return counted.expected;
    const expected = expectedPods(this.cluster, budget, { members: this.members, customScales: this.customScales });
    watched.counted = { workloadChanges, ownersVersion, expected };
    return expected;
  }

  private recheckLater(watched: Watched, status: DisruptionBudgetStatus): void {
    this.sim.callOff(watched.recheck);
    watched.recheck = NO_EVENT;
    const expiry = firstExpiry(status);
    if (expiry === undefined || expiry < this.sim.now) return;
    watched.recheck = this.sim.expect(this.look, watched, watched.budget.key, after(expiry, milliseconds(1)));
  }
}

function countsOf({ pods, serving, ownersVersion }: BudgetTally): Watched['seen'] {
  return { pods, serving, ownersVersion };
}

/** Whether the pods that `budget` expects follow from their owners; otherwise they are those that it selects. */
function dependsOnOwners({ description: { maxUnavailable, minAvailable } }: DisruptionBudget): boolean {
  return maxUnavailable !== undefined || typeof minAvailable !== 'number';
}
