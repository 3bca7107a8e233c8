import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { type Job, type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { topWorkload, type WorkloadName } from '../topWorkload.ts';
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
  readonly serving: Set<Pod>;
  /** Pods that exist and have not finished, what a DaemonSet or a bare pod is expected to run. */
  readonly present: Set<Pod>;
  /** Pods that have ended with success, gone or not: a Job wants no others for them. */
  readonly succeeded: Set<Pod>;
  /** Pods that waited for a node before the roll and still do. */
  readonly waitingBefore: Set<Pod>;
  servingBefore: number;
}

/** Watches how many pods of each workload serve. Ready means Ready and not terminating, what an EndpointSlice would hold. */
export class WorkloadProbe {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tracks = new Map<string, Tracked>();
  private readonly trackByPod = new Map<Pod, Tracked>();
  private readonly dirty = new Set<Tracked>();
  private readonly byBudget = new Map<string, Set<Tracked>>();
  private readonly floors = new Map<string, number>();
  private readonly end: InstantEnd;

  constructor(sim: Simulation, cluster: Cluster) {
    this.sim = sim;
    this.cluster = cluster;
    this.end = new InstantEnd(sim, 'workloads', () => this.observe());
    for (const workload of cluster.workloads.values()) this.trackWorkload(workload);
    for (const pod of cluster.pods.values()) {
      this.note(pod);
      if (pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished) this.trackOf(pod).waitingBefore.add(pod);
    }
    for (const track of this.tracks.values()) {
      track.servingBefore = track.serving.size;
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

  /** A binding, a nomination or the start of its containers makes a pod neither present nor serving. */
  private onPodChange({ kind, pod }: Extract<ClusterChange, { pod: Pod }>): void {
    if (kind === 'podBound' || kind === 'podRemoved') this.trackOf(pod).waitingBefore.delete(pod);
    const isMere = kind === 'podBound' || kind === 'podNominated' || (kind === 'podPhaseChanged' && !pod.isFinished);
    if (!isMere) this.note(pod);
  }

  private note(pod: Pod): void {
    const track = this.trackOf(pod);
    const exists = this.cluster.pods.get(pod.key) === pod && !pod.isFinished;
    setMembership(track.present, pod, exists);
    if (pod.phase === 'Succeeded') track.succeeded.add(pod);
    setMembership(track.serving, pod, exists && pod.isServing);
    this.markDirty(track);
  }

  private noteBudget({ key, status }: DisruptionBudget): void {
    if (this.floors.get(key) === status.desiredHealthy) return;
    this.floors.set(key, status.desiredHealthy);
    for (const track of this.byBudget.get(key) ?? []) this.markDirty(track);
  }

  private trackOf(pod: Pod): Tracked {
    const known = this.trackByPod.get(pod);
    if (known) return known;
    const top = topWorkload(this.cluster, pod);
    const track = this.tracks.get(workloadKey(top)) ?? this.track(top, pod.labels);
    this.trackByPod.set(pod, track);
    return track;
  }

  private trackWorkload(workload: Workload): void {
    if (workload.owner) return;
    this.markDirty(this.tracks.get(workloadKey(workload)) ?? this.track(workload, workload.template.labels));
  }

  private track({ kind, namespace, name }: WorkloadName, labels: Labels): Tracked {
    const recorders = { ready: new StepRecorder(), desired: new StepRecorder(), owed: new StepRecorder(), floor: new StepRecorder() };
    const track = {
      kind,
      namespace,
      name,
      labels,
      ...recorders,
      serving: new Set<Pod>(),
      present: new Set<Pod>(),
      succeeded: new Set<Pod>(),
      waitingBefore: new Set<Pod>(),
      servingBefore: 0,
    };
    this.tracks.set(workloadKey(track), track);
    return track;
  }

  private markDirty(track: Tracked): void {
    this.dirty.add(track);
    this.end.mark();
  }

  private observe(): void {
    for (const track of this.dirty) {
      track.ready.record(this.sim.now, track.serving.size);
      const desired = this.desiredOf(track);
      track.desired.record(this.sim.now, desired);
      track.owed.record(this.sim.now, track.waitingBefore.size > 0 ? Math.min(desired, track.servingBefore) : desired);
      track.floor.record(this.sim.now, this.floorOf(track));
    }
    this.dirty.clear();
  }

  private desiredOf(track: Tracked): number {
    const workload = this.cluster.workloads.get(workloadKey(track));
    if (workload && 'replicas' in workload) return workload.replicas;
    if (workload?.kind === 'Job') return openPods(workload, track.succeeded.size);
    return track.kind === 'CronJob' ? track.present.size : Math.max(track.desired.current, track.present.size);
  }

  private floorOf(track: Tracked): number {
    const [pod] = track.present;
    if (!pod) return track.floor.current;
    const budgets = this.cluster.budgetsSelecting(pod);
    for (const { key } of budgets) this.byBudget.set(key, (this.byBudget.get(key) ?? new Set()).add(track));
    return Math.max(0, ...budgets.map((budget) => budget.status.desiredHealthy));
  }
}

/** How many pods a Job wants to run at once, with `succeeded` of them done; one that only counts successes ends with the first. */
function openPods({ parallelism, completions }: Job, succeeded: number): number {
  if (completions === undefined) return succeeded > 0 ? 0 : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

function setMembership(set: Set<Pod>, pod: Pod, isMember: boolean): void {
  if (isMember) set.add(pod);
  else set.delete(pod);
}
