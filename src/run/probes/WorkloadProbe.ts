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

/** How one pod counts in its workload now. */
interface Member {
  readonly track: Tracked;
  /** Of which class it is counted as present; undefined: it is not. */
  presentAs: PodClass | undefined;
  isServing: boolean;
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
  /** By slot of the pod. */
  private readonly members: (Member | undefined)[] = [];
  private readonly byBudget = new Map<DisruptionBudget, { floor: number; readonly tracks: Set<Tracked> }>();

  constructor(sim: Simulation, cluster: Cluster, tops: TopWorkloads) {
    this.sim = sim;
    this.cluster = cluster;
    this.tops = tops;
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    for (const pod of cluster.pods.values()) {
      this.note(pod, !pod.isFinished);
      if (pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished) this.memberOf(pod).track.waitingBefore.add(pod);
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
        this.members[change.pod.slot] = undefined;
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

  private stopWaiting(pod: Pod): void {
    const { track } = this.memberOf(pod);
    if (track.waitingBefore.size > 0 && track.waitingBefore.delete(pod)) this.record(track);
  }

  private note(pod: Pod, exists: boolean): void {
    const member = this.memberOf(pod);
    const { track } = member;
    if (pod.phase === 'Succeeded') track.succeeded.add(pod);
    const presentAs = exists ? pod.podClass : undefined;
    if (presentAs !== member.presentAs) {
      if (member.presentAs) this.countPresent(track, member.presentAs, -1);
      if (presentAs) this.countPresent(track, presentAs, 1);
      member.presentAs = presentAs;
      if (dependsOnPods(track)) this.record(track);
    }
    const isServing = exists && pod.isServing;
    if (isServing === member.isServing) return;
    track.serving += isServing ? 1 : -1;
    member.isServing = isServing;
    track.ready.record(this.sim.now, track.serving);
  }

  private countPresent(track: Tracked, podClass: PodClass, change: 1 | -1): void {
    track.present += change;
    const count = track.classes.find((one) => one.podClass === podClass);
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

  private memberOf(pod: Pod): Member {
    const known = this.members[pod.slot];
    if (known) return known;
    const key = this.tops.keyOf(pod);
    const track = this.tracks.get(key) ?? this.track(topWorkload(this.cluster, pod), pod.labels);
    const member = { track, presentAs: undefined, isServing: false };
    this.members[pod.slot] = member;
    return member;
  }

  private noteWorkload(workload: Workload): void {
    if (workload.owner) return;
    const key = workloadKey(workload);
    const track = this.tracks.get(key) ?? this.track(workload, workload.template.labels);
    track.workload = this.cluster.workloads.get(key);
    this.record(track);
  }

  private track({ kind, namespace, name }: WorkloadName, labels: Labels): Tracked {
    const recorders = { ready: new StepRecorder(), desired: new StepRecorder(), owed: new StepRecorder(), floor: new StepRecorder() };
    const key = workloadKey({ kind, namespace, name });
    const track: Tracked = {
      ...{ key, kind, namespace, name, labels },
      ...recorders,
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
