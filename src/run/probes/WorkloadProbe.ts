import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterChange, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { DisruptionBudget } from '../../cluster/DisruptionBudget.ts';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PodClass } from '../../cluster/PodClass.ts';
import { type Job, type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { Instant } from '../../units.ts';
import { type TopWorkloads, topWorkload, type WorkloadName } from '../topWorkload.ts';
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
  /** The workload as it stands; undefined when the cluster does not hold it. */
  workload: Workload | undefined;
  /** How many pods serve. */
  serving: number;
  /** How many pods exist and have not finished, what a DaemonSet or a bare pod is expected to run. */
  present: number;
  /** Their classes, in order of appearance, and how many are of each. */
  classes: readonly ClassCount[];
  /** Pods that have ended with success, gone or not: a Job wants no others for them. */
  readonly succeeded: Set<Pod>;
  /** Pods that waited for a node before the roll and still do. */
  readonly waitingBefore: Set<Pod>;
  servingBefore: number;
}

interface ClassCount {
  readonly podClass: PodClass;
  pods: number;
}

/** Watches how many pods of each workload serve. Ready means Ready and not terminating, what an EndpointSlice would hold. */
export class WorkloadProbe implements ClusterListener {
  readonly hears = [
    ...(['podAdded', 'podBound', 'podPhaseChanged', 'podReadyChanged'] as const),
    ...(['podTerminating', 'podUpdated', 'podReleased', 'podRemoved'] as const),
    ...(['workloadAdded', 'workloadUpdated', 'workloadRemoved', 'budgetStatusChanged'] as const),
  ];
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tops: TopWorkloads;
  private readonly tracks = new Map<string, Tracked>();
  /** By slot of the pod: its workload, as of which class it counts as present (if it does), and whether it serves (1). */
  private readonly trackOf: (Tracked | undefined)[] = [];
  private readonly presentAs: (PodClass | undefined)[] = [];
  private serving = new Uint8Array(1024);
  /** How many pods waited for a node before the roll and still do. */
  private waitingBefore = 0;
  private readonly byBudget = new Map<DisruptionBudget, { floor: number; readonly tracks: Set<Tracked> }>();

  constructor(sim: Simulation, cluster: Cluster, tops: TopWorkloads) {
    this.sim = sim;
    this.cluster = cluster;
    this.tops = tops;
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    for (const pod of cluster.pods.values()) {
      this.note(pod, !pod.isFinished);
      if (pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished) this.wait(pod);
    }
    for (const track of this.tracks.values()) {
      track.servingBefore = track.serving;
      this.record(track);
    }
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'workloadAdded':
      case 'workloadUpdated':
      case 'workloadRemoved':
        this.noteWorkload(change.workload);
        break;
      case 'budgetStatusChanged':
        this.noteBudget(change.budget);
        break;
      case 'podBound':
        this.stopWaiting(change.pod);
        break;
      case 'podRemoved':
        this.stopWaiting(change.pod);
        this.note(change.pod, false);
        this.trackOf[change.pod.slot] = undefined;
        break;
      case 'podAdded':
      case 'podPhaseChanged':
      case 'podReadyChanged':
      case 'podTerminating':
      case 'podUpdated':
      case 'podReleased':
        this.note(change.pod, !change.pod.isFinished);
        break;
    }
  }

  /** All workloads by kind, namespace and name; those that never had a pod nor wanted one are left out. */
  all(): readonly WorkloadTrack[] {
    return [...this.tracks].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, track]) => track);
  }

  private wait(pod: Pod): void {
    this.trackFor(pod).waitingBefore.add(pod);
    this.waitingBefore += 1;
  }

  private stopWaiting(pod: Pod): void {
    if (this.waitingBefore === 0) return;
    const track = this.trackFor(pod);
    if (!track.waitingBefore.delete(pod)) return;
    this.waitingBefore -= 1;
    this.record(track);
  }

  private note(pod: Pod, exists: boolean): void {
    const track = this.trackFor(pod);
    const { slot } = pod;
    if (pod.phase === 'Succeeded') track.succeeded.add(pod);
    this.notePresence(track, slot, exists ? pod.podClass : undefined);
    const serves = exists && pod.isServing ? 1 : 0;
    if (serves === this.serving[slot]) return;
    track.serving += serves === 1 ? 1 : -1;
    this.serving[slot] = serves;
    track.ready.record(this.sim.now, track.serving);
  }

  private notePresence(track: Tracked, slot: number, presentAs: PodClass | undefined): void {
    const before = this.presentAs[slot];
    if (presentAs === before) return;
    this.presentAs[slot] = presentAs;
    if (before) this.countPresent(track, before, -1);
    if (presentAs) this.countPresent(track, presentAs, 1);
    if (dependsOnPods(track)) this.record(track);
  }

  private countPresent(track: Tracked, podClass: PodClass, change: 1 | -1): void {
    track.present += change;
    const [first] = track.classes;
    const count = first?.podClass === podClass ? first : track.classes.find((one) => one.podClass === podClass);
    if (count) count.pods += change;
    if (count && count.pods > 0) return;
    track.classes = count ? track.classes.filter((one) => one !== count) : [...track.classes, { podClass, pods: 1 }];
    this.watchBudgets(track);
    track.floor.record(this.sim.now, this.floorOf(track));
  }

  private noteBudget(budget: DisruptionBudget): void {
    const watched = this.byBudget.get(budget);
    if (!watched || watched.floor === budget.status.desiredHealthy) return;
    watched.floor = budget.status.desiredHealthy;
    for (const track of watched.tracks) track.floor.record(this.sim.now, this.floorOf(track));
  }

  private trackFor(pod: Pod): Tracked {
    const known = this.trackOf[pod.slot];
    if (known) return known;
    if (pod.slot >= this.serving.length) this.serving = enlarged(this.serving, pod.slot);
    const track = this.tracks.get(this.tops.keyOf(pod)) ?? this.track(topWorkload(this.cluster, pod), pod.labels);
    this.trackOf[pod.slot] = track;
    this.presentAs[pod.slot] = undefined;
    this.serving[pod.slot] = 0;
    return track;
  }

  private noteWorkload(workload: Workload): void {
    if (workload.owner) return;
    const key = workloadKey(workload);
    const track = this.tracks.get(key) ?? this.track(workload, workload.template.labels);
    track.workload = this.cluster.workloads.get(key);
    this.record(track);
  }

  private track({ kind, namespace, name }: WorkloadName, labels: Labels): Tracked {
    const key = workloadKey({ kind, namespace, name });
    const track: Tracked = {
      key,
      kind,
      namespace,
      name,
      labels,
      ready: new StepRecorder(),
      desired: new StepRecorder(),
      owed: new StepRecorder(),
      floor: new StepRecorder(),
      workload: this.cluster.workloads.get(key),
      serving: 0,
      present: 0,
      classes: [],
      succeeded: new Set(),
      waitingBefore: new Set(),
      servingBefore: 0,
    };
    this.tracks.set(key, track);
    return track;
  }

  private record(track: Tracked): void {
    const { now } = this.sim;
    track.ready.record(now, track.serving);
    const desired = desiredOf(track, now);
    track.desired.record(now, desired);
    track.owed.record(now, track.waitingBefore.size > 0 ? Math.min(desired, track.servingBefore) : desired);
    track.floor.record(now, this.floorOf(track));
  }

  /** Of the budgets over the class that was there first; without any pod it stays as it was. */
  private floorOf({ classes, floor }: Tracked): number {
    const [first] = classes;
    if (!first) return floor.current;
    let highest = 0;
    for (const { status } of this.cluster.budgetsOfClass(first.podClass)) highest = Math.max(highest, status.desiredHealthy);
    return highest;
  }

  private watchBudgets(track: Tracked): void {
    const [first] = track.classes;
    for (const budget of first ? this.cluster.budgetsOfClass(first.podClass) : []) {
      const watched = this.byBudget.get(budget);
      if (watched) watched.tracks.add(track);
      else this.byBudget.set(budget, { floor: budget.status.desiredHealthy, tracks: new Set([track]) });
    }
  }
}

/** Whether what is desired follows from the pods that are there. */
function dependsOnPods({ workload }: Tracked): boolean {
  return workload === undefined || !('replicas' in workload);
}

function desiredOf(track: Tracked, now: Instant): number {
  const { workload, kind, present, succeeded, desired } = track;
  if (workload && 'replicas' in workload) return workload.replicas;
  if (workload?.kind === 'Job') return openPods(workload, succeeded.size);
  return kind === 'CronJob' ? present : Math.max(desired.before(now), present);
}

/** How many pods a Job wants to run at once, with `succeeded` of them done; one that only counts successes ends with the first. */
function openPods({ parallelism, completions }: Job, succeeded: number): number {
  if (completions === undefined) return succeeded > 0 ? 0 : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** A column with room for `slot`, at least twice as long. */
function enlarged(column: Uint8Array, slot: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(2 * column.length, slot + 1));
  longer.set(column);
  return longer;
}
