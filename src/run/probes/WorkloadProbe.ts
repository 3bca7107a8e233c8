import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { type Job, type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { type TopWorkloads, topWorkload, type WorkloadName } from '../topWorkload.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepRecorder } from './StepRecorder.ts';

/** Ready pods, desired pods and the floor of one workload over time. */
export interface WorkloadTrack extends WorkloadName {
  /** Labels of the workload's pods. */
  readonly labels: Labels;
  readonly ready: StepRecorder;
  readonly desired: StepRecorder;
  /** What the roll has to leave: `desired`, or what served at the start as long as pods wait that did so before the roll. */
  readonly owed: StepRecorder;
  /** Highest `desiredHealthy` of the budgets over its pods; 0 without one. */
  readonly floor: StepRecorder;
}

interface Tracked extends WorkloadTrack {
  readonly key: string;
  /** How many pods serve. */
  serving: number;
  /** Pods that exist and have not finished, what a DaemonSet or a bare pod is expected to run. */
  readonly present: Set<Pod>;
  /** Pods that have ended with success, gone or not: a Job wants no others for them. */
  readonly succeeded: Set<Pod>;
  /** Pods that waited for a node before the roll and still do. */
  readonly waitingBefore: Set<Pod>;
  servingBefore: number;
  /** The budgets over its pods, as last looked at. */
  budgets: readonly DisruptionBudget[];
  isDirty: boolean;
}

/** A pod that is there: its workload, and how it counts in it. */
interface Member {
  readonly pod: Pod;
  readonly track: Tracked;
  isServing: boolean;
}

/** Watches how many pods of each workload serve. Ready means Ready and not terminating, what an EndpointSlice would hold. */
export class WorkloadProbe implements ClusterListener {
  readonly hears = [
    ...([
      'podAdded',
      'podBound',
      'podPhaseChanged',
      'podReadyChanged',
      'podTerminating',
      'podUpdated',
      'podReleased',
      'podRemoved',
    ] as const),
    ...(['workloadAdded', 'workloadUpdated', 'workloadRemoved', 'budgetStatusChanged'] as const),
  ];
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tops: TopWorkloads;
  private readonly tracks = new Map<string, Tracked>();
  /** By slot of the pod. */
  private readonly members: Member[] = [];
  private readonly dirty: Tracked[] = [];
  private readonly byBudget = new Map<DisruptionBudget, Set<Tracked>>();
  private readonly floors = new Map<DisruptionBudget, number>();
  private readonly end: InstantEnd;

  constructor(sim: Simulation, cluster: Cluster, tops: TopWorkloads) {
    this.sim = sim;
    this.cluster = cluster;
    this.tops = tops;
    this.end = new InstantEnd(sim, 'workloads', () => this.observe());
    for (const workload of cluster.workloads.values()) this.trackWorkload(workload);
    for (const pod of cluster.pods.values()) {
      this.note(pod, !pod.isFinished);
      if (pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished) this.memberOf(pod).track.waitingBefore.add(pod);
    }
    for (const track of this.tracks.values()) {
      track.servingBefore = track.serving;
      this.markDirty(track);
    }
  }

  onChange(change: ClusterChange): void {
    if ('pod' in change) this.onPodChange(change);
    else if ('workload' in change) this.trackWorkload(change.workload);
    else if (change.kind === 'budgetStatusChanged') this.noteBudget(change.budget);
  }

  /** All workloads by kind, namespace and name; those that never had a pod nor wanted one are left out. */
  all(): readonly WorkloadTrack[] {
    return [...this.tracks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, track]) => track);
  }

  /** A binding or the start of its containers makes a pod neither present nor serving. */
  private onPodChange({ kind, pod }: Extract<ClusterChange, { pod: Pod }>): void {
    if (kind === 'podBound' || kind === 'podRemoved') {
      const { waitingBefore } = this.memberOf(pod).track;
      if (waitingBefore.size > 0) waitingBefore.delete(pod);
    }
    const isMere = kind === 'podBound' || (kind === 'podPhaseChanged' && !pod.isFinished);
    if (!isMere) this.note(pod, kind !== 'podRemoved' && !pod.isFinished);
  }

  private note(pod: Pod, exists: boolean): void {
    const member = this.memberOf(pod);
    const { track } = member;
    if (!exists) track.present.delete(pod);
    else track.present.add(pod);
    if (pod.phase === 'Succeeded') track.succeeded.add(pod);
    const isServing = exists && pod.isServing;
    if (isServing !== member.isServing) track.serving += isServing ? 1 : -1;
    member.isServing = isServing;
    this.markDirty(track);
  }

  private noteBudget(budget: DisruptionBudget): void {
    const { desiredHealthy } = budget.status;
    if (this.floors.get(budget) === desiredHealthy) return;
    this.floors.set(budget, desiredHealthy);
    for (const track of this.byBudget.get(budget) ?? []) this.markDirty(track);
  }

  private memberOf(pod: Pod): Member {
    const known = this.members[pod.slot];
    if (known?.pod === pod) return known;
    const key = this.tops.keyOf(pod);
    const track = this.tracks.get(key) ?? this.track(topWorkload(this.cluster, pod), pod.labels);
    const member = { pod, track, isServing: false };
    this.members[pod.slot] = member;
    return member;
  }

  private trackWorkload(workload: Workload): void {
    if (workload.owner) return;
    this.markDirty(this.tracks.get(workloadKey(workload)) ?? this.track(workload, workload.template.labels));
  }

  private track({ kind, namespace, name }: WorkloadName, labels: Labels): Tracked {
    const recorders = { ready: new StepRecorder(), desired: new StepRecorder(), owed: new StepRecorder(), floor: new StepRecorder() };
    const track = {
      ...{ key: workloadKey({ kind, namespace, name }), kind, namespace, name, labels },
      ...recorders,
      serving: 0,
      present: new Set<Pod>(),
      succeeded: new Set<Pod>(),
      waitingBefore: new Set<Pod>(),
      servingBefore: 0,
      budgets: [],
      isDirty: false,
    };
    this.tracks.set(track.key, track);
    return track;
  }

  private markDirty(track: Tracked): void {
    if (track.isDirty) return;
    track.isDirty = true;
    this.dirty.push(track);
    this.end.mark();
  }

  private observe(): void {
    const { now } = this.sim;
    for (const track of this.dirty) {
      track.isDirty = false;
      track.ready.record(now, track.serving);
      const desired = this.desiredOf(track);
      track.desired.record(now, desired);
      track.owed.record(now, track.waitingBefore.size > 0 ? Math.min(desired, track.servingBefore) : desired);
      track.floor.record(now, this.floorOf(track));
    }
    this.dirty.length = 0;
  }

  private desiredOf(track: Tracked): number {
    const workload = this.cluster.workloads.get(track.key);
    if (workload && 'replicas' in workload) return workload.replicas;
    if (workload?.kind === 'Job') return openPods(workload, track.succeeded.size);
    return track.kind === 'CronJob' ? track.present.size : Math.max(track.desired.current, track.present.size);
  }

  private floorOf(track: Tracked): number {
    for (const pod of track.present) {
      const budgets = this.cluster.budgetsSelecting(pod);
      if (budgets !== track.budgets) this.watchBudgets(track, budgets);
      let floor = 0;
      for (const { status } of budgets) if (status.desiredHealthy > floor) floor = status.desiredHealthy;
      return floor;
    }
    return track.floor.current;
  }

  private watchBudgets(track: Tracked, budgets: readonly DisruptionBudget[]): void {
    track.budgets = budgets;
    for (const budget of budgets) this.byBudget.set(budget, (this.byBudget.get(budget) ?? new Set()).add(track));
  }
}

/** How many pods a Job wants to run at once, with `succeeded` of them done; one that only counts successes ends with the first. */
function openPods({ parallelism, completions }: Job, succeeded: number): number {
  if (completions === undefined) return succeeded > 0 ? 0 : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}
