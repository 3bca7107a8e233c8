import type { Cluster } from '../../cluster/Cluster.ts';
import type { Labels } from '../../cluster/LabelSelector.ts';
import type { OwnerReference } from '../../cluster/OwnerReference.ts';
import { ClassTable, type PodClass } from '../../cluster/PodClass.ts';
import { type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { topOfClass, type WorkloadName } from '../topWorkload.ts';
import { CountRows } from './CountRows.ts';
import { Floors } from './Floors.ts';
import { StepLog } from './StepLog.ts';
import { type ClassCount, WorkloadTrack } from './WorkloadTrack.ts';

/** The tracks of all workloads, and the counts of their pods: one count for each class of pods of a workload. */
export class WorkloadTracks {
  /** Listens for the statuses of budgets. */
  readonly floors: Floors;
  /** By number. */
  readonly counts: ClassCount[] = [];
  /** How many pods each count has, by its number. */
  readonly rows = new CountRows();
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly byKey = new Map<string, WorkloadTrack>();
  private readonly ready = new StepLog();
  private readonly goals = new StepLog();
  private inOrder: readonly WorkloadTrack[] | undefined;
  private readonly numbers = new ClassTable((podClass) => this.findNumber(podClass));

  constructor(sim: Simulation, cluster: Cluster) {
    this.sim = sim;
    this.cluster = cluster;
    this.floors = new Floors(sim, cluster);
  }

  /** In the order in which they became known. */
  known(): Iterable<WorkloadTrack> {
    return this.byKey.values();
  }

  /** By kind, namespace and name. */
  sorted(): readonly WorkloadTrack[] {
    this.inOrder ??= [...this.byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.inOrder;
  }

  /** The track of the workload `name`, whose pods have `labels`: a new one if it was not known. */
  of(name: WorkloadName, labels: Labels): WorkloadTrack {
    const known = this.byKey.get(workloadKey(name));
    if (known) return known;
    const { ready, goals, rows } = this;
    const track = new WorkloadTrack(name, labels, { ready, goals, rows });
    track.workload = this.cluster.workloads.get(track.key);
    this.byKey.set(track.key, track);
    this.inOrder = undefined;
    return track;
  }

  /**
   * The number of the count that a class of pods belongs to; null where every pod is a workload of its own. Depends on the workloads that
   * exist.
   */
  numberOf(podClass: PodClass): number | null {
    return this.numbers.of(podClass);
  }

  /** The count of the pods of `podClass` in `track`: a new one if there was none. */
  countIn(track: WorkloadTrack, podClass: PodClass): ClassCount {
    const known = track.countOf(podClass);
    if (known) return known;
    const count = { number: this.rows.begin(track.ready.figure), track, podClass };
    this.counts.push(count);
    track.counts.push(count);
    if (track.dependsOnPods) this.rows.follow(count.number);
    return count;
  }

  /** A workload has come, changed or gone. */
  noteWorkload(workload: Workload): void {
    this.numbers.clear();
    // A Deployment counts its pods itself, whoever owns it, see topOfClass.
    const owner = workload.kind === 'Deployment' ? undefined : workload.owner;
    const track = owner ? this.noteOwned(workload, owner) : this.of(workload, workload.template.labels);
    if (!track) return;
    track.workload = this.cluster.workloads.get(track.key);
    for (const { number } of track.counts) {
      if (track.dependsOnPods) this.rows.follow(number);
      else this.rows.unfollow(number);
    }
    this.record(track);
  }

  /** Takes note of what `owner` has made, if the cluster does not hold that owner itself: then nothing else tells how many pods it wants. */
  private noteOwned(workload: Workload, { kind, name }: OwnerReference): WorkloadTrack | undefined {
    const { namespace } = workload;
    if (!('replicas' in workload) || this.cluster.workloads.has(workloadKey({ kind, namespace, name }))) return undefined;
    const track = this.of({ kind, namespace, name }, workload.template.labels);
    track.noteOwned(workloadKey(workload), this.cluster.workloads.has(workloadKey(workload)) ? workload.replicas : undefined);
    return track;
  }

  /** Counts `change` more pods as serving, in the figure `readyFigure` of their workload. */
  countServing(readyFigure: number, change: number): void {
    this.ready.change(readyFigure, this.sim.now, change);
  }

  /** Counts `change` more pods as present: they exist and have not finished. */
  countPresent(number: number, change: number): void {
    const before = this.rows.presentOf(number);
    const present = before + change;
    this.rows.setPresent(number, present);
    const isListing = present === 0 || before === 0;
    const count = isListing || this.rows.isFollowed(number) ? this.counts[number] : undefined;
    if (count && isListing) this.listClass(count);
    if (count?.track.dependsOnPods) this.record(count.track);
  }

  /** Records how many pods the workload of `track` wants now. */
  record(track: WorkloadTrack): void {
    const { now } = this.sim;
    if (!track.ready.hasBegun) track.ready.record(now, 0);
    const desired = track.desiredAt(now);
    track.desired.record(now, desired);
    track.owed.record(now, track.waitingBefore > 0 ? Math.min(desired, track.servingBefore) : desired);
  }

  /** Lists a class that has got its first pod, or removes one that has lost its last. */
  private listClass(count: ClassCount): void {
    const { number, track } = count;
    if (this.rows.presentOf(number) > 0) track.classes.push(count);
    else track.classes.splice(track.classes.indexOf(count), 1);
    this.floors.watch(track);
  }

  private findNumber(podClass: PodClass): number | null {
    const top = topOfClass(this.cluster, podClass);
    return top ? this.countIn(this.of(top, podClass.labels), podClass).number : null;
  }
}
