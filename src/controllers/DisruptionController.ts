import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterChange, ClusterListener } from '../cluster/ClusterChange.ts';
import type { DisruptedPods } from '../cluster/DisruptedPods.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import { eventKind } from '../sim/EventKind.ts';
import { type EventId, NO_EVENT } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Instant, milliseconds, NEVER } from '../units.ts';
import { BudgetMembers } from './BudgetMembers.ts';
import { BudgetStatuses, firstExpiry } from './BudgetStatuses.ts';
import type { CountFailure, ExpectedPods } from './budgetArithmetic.ts';
import { type CustomScales, expectedPods } from './expectedPods.ts';
import { inferScales } from './inferScales.ts';
import { type Latency, NO_LATENCY } from './Latency.ts';
import { Round } from './Round.ts';
import type { WatchedBudget } from './WatchedBudget.ts';

/** What a disruption controller works on. */
export interface DisruptionControllerOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  /**
   * Scales of owners that are not workloads of the cluster. An owner without an entry, and without a recorded status that shows its scale,
   * closes every budget that needs it.
   */
  readonly customScales?: CustomScales;
  /** How long reactions take; absent: no time. */
  readonly latency?: Latency;
}

/**
 * Keeps the status of every disruption budget: how many pods are expected, how many are healthy, how many may go.
 *
 * A change of a pod refreshes only the first budget (by name) that selects it; in Kubernetes the choice is arbitrary. A change of a
 * workload's scale refreshes none until one of its pods changes. Statuses are written in the phase `React`, in the same instant unless a
 * latency is given.
 * @see kubernetes/kubernetes pkg/controller/disruption/disruption.go
 */
export class DisruptionController implements ClusterListener {
  readonly on: ChangeHandlers = {
    podGiven: ({ pod }) => this.refreshCounted(this.members.enter(pod)),
    podClassBegun: ({ pod }) => this.refreshCounted(this.members.begin(pod.podClass)),
    podReadyChanged: ({ pod }) => this.refreshCounted(this.members.noteReady(pod) ?? this.behind(pod)),
    podTerminating: ({ pod, before }) => this.refreshCounted(this.members.noteTermination(pod, before) ?? this.behind(pod)),
    podLost: ({ pod }) => this.refreshCounted(this.members.noteLoss(pod)),
    podClassEnded: ({ pod }) => this.refreshCounted(this.members.end(pod.podClass)),
    podUpdated: ({ pod, before }) => this.onClassChange(pod, before),
    podOwnerChanged: ({ pod, before }) => this.onClassChange(pod, before),
    budgetAdded: (change) => this.onBudgetChange(change),
    budgetUpdated: (change) => this.onBudgetChange(change),
    budgetCharged: ({ budget }) => this.enqueue(this.members.of(budget)),
    budgetRemoved: (change) => this.onBudgetChange(change),
    workloadAdded: () => this.onWorkloadChange(),
    workloadUpdated: () => this.onWorkloadChange(),
    workloadRemoved: () => this.onWorkloadChange(),
  };
  /** It is alert while a budget may be behind its pods or counts those too that do not serve. */
  readonly onWhenAlert: ChangeHandlers = {
    podAdded: ({ pod }) => this.refreshCounted(this.members.firstOf(pod.podClass)),
    podBound: ({ pod }) => this.refresh(this.members.firstOf(pod.podClass)),
    podRunning: ({ pod }) => this.refresh(this.members.firstOf(pod.podClass)),
    podPhaseChanged: ({ pod }) => this.refresh(this.members.firstOf(pod.podClass)),
    podRemoved: ({ pod }) => this.refreshCounted(this.members.firstOf(pod.podClass)),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly customScales: CustomScales;
  private readonly latency: Latency;
  private readonly members: BudgetMembers;
  private readonly statuses: BudgetStatuses;
  /** The looks of this instant. */
  private readonly round: Round<WatchedBudget>;
  private readonly lookDue = eventKind<WatchedBudget>({ name: LOOK, phase: 'React', fire: (watched) => this.round.add(watched) });
  /** How many changes of workloads there have been. */
  private workloadChanges = 0;
  /**
   * Whether a budget may be out of date although no refresh is scheduled, or counts pods that do not serve. Otherwise every change that the
   * budget counts has led to a refresh, and a refresh for a change that it does not count would find nothing to do.
   */
  private mayBeBehind = false;

  /**
   * Brings every budget up to date at once, so that evictions at t = 0 are judged correctly. A budget that is not the first one of any pod
   * keeps the status it had at the start: nothing refreshes it in Kubernetes either.
   */
  constructor({ sim, cluster, customScales = new Map(), latency = NO_LATENCY }: DisruptionControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.latency = latency;
    this.round = new Round(sim, { name: LOOK, entity: '', takeTurn: (watched) => this.sync(watched) });
    this.members = new BudgetMembers(cluster);
    this.statuses = new BudgetStatuses(cluster);
    if (latency !== NO_LATENCY || this.members.hasOverlaps) this.fallBehind();
    this.customScales = inferScales(cluster, this.members, customScales);
    this.round.rank([...cluster.budgets.values()].map((budget) => this.members.of(budget)));
    const refreshed = this.members.firsts();
    for (const budget of cluster.budgets.values()) {
      const watched = this.members.of(budget);
      if (!watched.dependsOnOwners) this.fallBehind();
      const isShadowed = budget.description.status !== undefined && watched.pods > 0 && !refreshed.has(watched);
      if (!isShadowed) this.sync(watched);
    }
  }

  /**
   * With a latency, every refresh draws its own, and a refresh in progress decides when the next change is seen, so none may be left out.
   */
  private refreshCounted(watched: WatchedBudget | undefined): void {
    if (watched === undefined) return;
    if (this.latency === NO_LATENCY) this.refresh(watched);
    else this.enqueue(watched);
    if (this.members.hasOverlaps) this.fallBehind();
  }

  /** Looks at a budget if there is something else to see than at the last look. */
  private refresh(watched: WatchedBudget | undefined): void {
    if (watched !== undefined && !watched.isQueued && !watched.isSeen(this.workloadChanges)) this.enqueue(watched);
  }

  /** The first budget of `pod`, which counts as before, if that may be behind. */
  private behind({ podClass }: Pod): WatchedBudget | undefined {
    return this.mayBeBehind ? this.members.firstOf(podClass) : undefined;
  }

  private onClassChange(pod: Pod, before: PodClass): void {
    this.fallBehind();
    this.refreshCounted(this.members.move(pod, before));
  }

  private onWorkloadChange(): void {
    this.workloadChanges += 1;
    this.fallBehind();
  }

  private onBudgetChange({ kind, budget }: BudgetChange): void {
    this.members.recount(budget);
    this.fallBehind();
    const watched = this.members.of(budget);
    if (kind !== 'budgetRemoved') this.enqueue(watched);
    else {
      watched.isRemoved = true;
      this.sim.callOff(watched.recheck);
    }
  }

  /** Looks at a budget in this instant, or as late as a latency says. */
  private enqueue(watched: WatchedBudget): void {
    if (watched.isQueued) return;
    watched.isQueued = true;
    if (this.latency === NO_LATENCY) this.round.add(watched);
    else this.lookAt(watched, after(this.sim.now, this.latency('budgetStatus', watched.budget.key)));
  }

  /** It joins the round of that instant before that begins: its event is the older one, and none has a name. */
  private lookAt(watched: WatchedBudget, at: Instant): EventId {
    return this.sim.expect(this.lookDue, watched, this.round.entity, at);
  }

  private sync(watched: WatchedBudget): void {
    watched.isQueued = false;
    if (watched.isRemoved) return;
    const { budget } = watched;
    const status = this.statuses.of(watched, this.expectedOf(watched), this.sim.now);
    watched.markSeen(this.workloadChanges);
    const { disruptedPods } = status ?? budget.status;
    if (disruptedPods.size > 0 || watched.hasDisrupted) this.noteDisrupted(watched, disruptedPods);
    if (status) this.cluster.setBudgetStatus(budget, status);
  }

  /** Accepted evictions still count, or they did at the last look. */
  private noteDisrupted(watched: WatchedBudget, disruptedPods: DisruptedPods): void {
    watched.hasDisrupted = disruptedPods.size > 0;
    if (watched.hasDisrupted) this.fallBehind();
    this.recheckLater(watched, disruptedPods);
  }

  private fallBehind(): void {
    if (this.mayBeBehind) return;
    this.mayBeBehind = true;
    this.cluster.alert(this);
  }

  /**
   * Counts again only when a workload has changed or the pods have another owner. For an integer `minAvailable` the pods themselves count.
   */
  private expectedOf(watched: WatchedBudget): ExpectedPods | CountFailure {
    if (watched.stillExpects(this.workloadChanges)) return watched.budget.status;
    const expected = expectedPods(this.cluster, watched.budget, { members: this.members, customScales: this.customScales });
    if (!('failure' in expected)) watched.markExpected(this.workloadChanges);
    return expected;
  }

  private recheckLater(watched: WatchedBudget, disruptedPods: DisruptedPods): void {
    const expiry = firstExpiry(disruptedPods);
    const at = expiry === undefined || expiry < this.sim.now ? NEVER : after(expiry, milliseconds(1));
    if (at === watched.recheckAt) return;
    this.sim.callOff(watched.recheck);
    watched.recheck = at === NEVER ? NO_EVENT : this.lookAt(watched, at);
    watched.recheckAt = at;
  }
}

/** What its events are called. */
const LOOK = 'disruption';

type BudgetChange = Extract<ClusterChange, { kind: 'budgetAdded' | 'budgetUpdated' | 'budgetRemoved' }>;
