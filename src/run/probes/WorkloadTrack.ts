import type { Labels } from '../../cluster/LabelSelector.ts';
import type { PodClass } from '../../cluster/PodClass.ts';
import { type Job, type Workload, workloadKey } from '../../cluster/Workload.ts';
import { type Instant, START } from '../../units.ts';
import type { WorkloadName } from '../topWorkload.ts';
import type { BudgetFloor } from './BudgetTrack.ts';
import { CountRows } from './CountRows.ts';
import { StepLog } from './StepLog.ts';
import { StepRecorder } from './StepRecorder.ts';

/** Pods of one workload that share a class. */
export interface ClassCount {
  /** By this number it is found. */
  readonly number: number;
  readonly track: WorkloadTrack;
  readonly podClass: PodClass;
}

/** Where all tracks of a probe keep what they watch. */
export interface TrackLogs {
  /** Separate from the others, because every move of a pod needs the Ready pods: so these stay close together in memory. */
  readonly ready: StepLog;
  readonly goals: StepLog;
  readonly rows: CountRows;
}

/** Ready pods, desired pods and the floors of one workload over time, and how often its pods moved. */
export class WorkloadTrack implements WorkloadName {
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Labels of the workload's pods. */
  readonly labels: Labels;
  readonly ready: StepRecorder;
  readonly desired: StepRecorder;
  /** What the roll is to leave: `desired`, or what served at the start while pods still wait that waited before the roll. */
  readonly owed: StepRecorder;
  /** Of the budgets that select its pods or have. */
  floors: readonly BudgetFloor[] = NO_FLOORS;
  /** Whether what is desired follows from the pods that are there. */
  dependsOnPods = true;
  /** The classes that its pods ever had. */
  readonly counts: ClassCount[] = [];
  /** The counts with pods that have not finished, in order of appearance. */
  readonly classes: ClassCount[] = [];
  /** How many pods have succeeded, including those before the start and those that are gone: a Job does not want them replaced. */
  succeeded = 0;
  /** How many of its pods went because it was scaled down. */
  surplus = 0;
  /** How many pods waited for a node before the roll and still do. */
  waitingBefore = 0;
  servingBefore = 0;
  /** How many places for its pods were lost in the last instant in which any was, and when that was. */
  private lostPlaces = 0;
  private lostAt = START;
  private held: Workload | undefined;
  /** The replicas of the workloads that it has made, by their keys, if it is not held itself; undefined for nearly all. */
  private ownedReplicas: Map<string, number> | undefined = undefined;
  private readonly rows: CountRows;

  /** Keeps in logs of its own what is not given. */
  constructor({ kind, namespace, name }: WorkloadName, labels: Labels, logs: Partial<TrackLogs> = {}) {
    const { ready = new StepLog(), goals = new StepLog(), rows = new CountRows() } = logs;
    this.rows = rows;
    this.ready = new StepRecorder(ready);
    this.desired = new StepRecorder(goals);
    this.owed = new StepRecorder(goals);
    this.key = workloadKey({ kind, namespace, name });
    this.kind = kind;
    this.namespace = namespace;
    this.name = name;
    this.labels = labels;
  }

  /** How many of its pods had to go although it had no more than it wanted. */
  get moves(): number {
    let moves = 0;
    for (const { number } of this.counts) moves += this.rows.movesOf(number);
    return moves;
  }

  /** How many of its pods exist and have not finished. */
  get present(): number {
    let present = 0;
    for (const { number } of this.classes) present += this.rows.presentOf(number);
    return present;
  }

  /** The count of its pods of `podClass` if there ever were any. */
  countOf(podClass: PodClass): ClassCount | undefined {
    return this.counts.find((count) => count.podClass === podClass);
  }

  /** The workload as it stands; undefined when the cluster does not hold it. */
  get workload(): Workload | undefined {
    return this.held;
  }

  set workload(workload: Workload | undefined) {
    this.held = workload;
    this.dependsOnPods = workload === undefined ? !this.hasOwned : !('replicas' in workload);
  }

  /** A workload that it has made wants so many replicas now; undefined: that workload is gone. */
  noteOwned(key: string, replicas: number | undefined): void {
    this.ownedReplicas ??= new Map();
    if (replicas === undefined) this.ownedReplicas.delete(key);
    else this.ownedReplicas.set(key, replicas);
  }

  private get hasOwned(): boolean {
    return this.ownedReplicas !== undefined && this.ownedReplicas.size > 0;
  }

  /** A place for one of its pods is lost: as a DaemonSet it is to run one less from `now` on. */
  losePlace(now: Instant): void {
    this.lostPlaces = this.lostAt === now ? this.lostPlaces + 1 : 1;
    this.lostAt = now;
  }

  /**
   * How many pods the workload is to run at `now`: one that is not held as many as the workloads that it has made. A DaemonSet or a bare pod
   * is expected to run what exists and has not finished.
   */
  desiredAt(now: Instant): number {
    const { workload, kind, succeeded, desired, present } = this;
    if (workload && 'replicas' in workload) return workload.replicas;
    if (workload?.kind === 'Job') return openPods(workload, succeeded);
    if (kind === 'CronJob') return present;
    if (!workload && this.hasOwned) return sumOf(this.ownedReplicas?.values() ?? []);
    const lost = this.lostAt === now ? this.lostPlaces : 0;
    return Math.max(desired.before(now) - lost, present);
  }
}

const NO_FLOORS: readonly BudgetFloor[] = [];

/**
 * How many pods a Job wants to run at once when `succeeded` of them are done; a Job without a number of completions ends with the first
 * success.
 */
function openPods({ parallelism, completions, perIndex }: Job, succeeded: number): number {
  if (completions === undefined) return succeeded > 0 ? 0 : parallelism;
  return Math.max(0, Math.min(parallelism, completions - succeeded - (perIndex?.failed.length ?? 0)));
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
