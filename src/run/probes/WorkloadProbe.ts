import type { Cluster } from '../../cluster/Cluster.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { ClassTally, PodCensus } from '../../cluster/PodCensus.ts';
import { SlotNumbers } from '../../cluster/SlotNumbers.ts';
import { type Workload, workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { Instant } from '../../units.ts';
import { topWorkload } from '../topWorkload.ts';
import { BindingLog } from './BindingLog.ts';
import type { CountRows } from './CountRows.ts';
import { endedBy } from './endedBy.ts';
import type { Floors } from './Floors.ts';
import { isSurplus } from './isSurplus.ts';
import { PodStates } from './PodStates.ts';
import type { ClassCount, WorkloadTrack } from './WorkloadTrack.ts';
import { WorkloadTracks } from './WorkloadTracks.ts';

/** The marks of a pod, added up; the bits above them are the number of the count to which it belongs. */
const PRESENT = 1;
const SERVING = 2;
/** It replaced no other pod, or existed at the start: its first binding is no move. */
const UNMOVED = 4;
const LEFT = 8;
const KNOWN = 16;
const MARKS = 31;
const BITS = 5;

/**
 * Watches how many pods of each workload serve, and which move. Ready means Ready and not terminating, what an EndpointSlice would hold. Has
 * to be told of what becomes of pods and workloads.
 */
export class WorkloadProbe {
  /** Listens for the statuses of budgets. */
  readonly floors: Floors;
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tracks: WorkloadTracks;
  private readonly rows: CountRows;
  private readonly bindings = new BindingLog();
  /** For each pod its marks and the number of its count; a finished pod keeps the number it had. */
  private readonly states: PodStates;
  /** The pods that have ended with success, gone or not. */
  private readonly succeeded = new Set<Pod>();
  /** The keys of the workloads that were ever scaled down. */
  private readonly scaledDown = new Set<string>();
  /** The pods that waited for a node before the roll and still do, each with its workload; undefined when there are none. */
  private waitingBefore: Map<Pod, WorkloadTrack> | undefined = undefined;

  constructor(sim: Simulation, cluster: Cluster) {
    this.sim = sim;
    this.cluster = cluster;
    this.tracks = new WorkloadTracks(sim, cluster);
    this.floors = this.tracks.floors;
    this.rows = this.tracks.rows;
    const census = cluster.podCounts.census();
    this.states = new PodStates(census.end);
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    this.countClasses(census);
    this.markOriginals(census);
    for (const pod of cluster.podCounts.restless()) this.noteOriginal(pod);
    for (const track of this.tracks.known()) {
      track.succeeded = Math.max(track.succeeded, succeededBefore(track.workload));
      track.ready.record(sim.now, track.servingBefore);
      this.tracks.record(track);
    }
  }

  /** All workloads by kind, namespace and name; those that never had a pod nor wanted one are left out. */
  all(): readonly WorkloadTrack[] {
    return this.tracks.sorted();
  }

  /**
   * For each workload, how many of its replacement pods were bound to a node that was still to be cordoned for its reset, so that they had
   * to move again.
   */
  wasted(cordons: ReadonlyMap<string, Instant | undefined>): ReadonlyMap<WorkloadTrack, number> {
    const ofCount = new Int32Array(this.tracks.counts.length);
    this.bindings.forEachBefore(cordons, (number) => {
      ofCount[number] = (ofCount[number] ?? 0) + 1;
    });
    const ofTrack = new Map<WorkloadTrack, number>();
    for (const { number, track } of this.tracks.counts) {
      const wasted = ofCount[number] ?? 0;
      if (wasted > 0) ofTrack.set(track, (ofTrack.get(track) ?? 0) + wasted);
    }
    return ofTrack;
  }

  /** A pod has come. */
  add(pod: Pod): void {
    const number = this.enter(pod, 0);
    const isSuccessor = this.rows.takeLoss(number);
    if (!isSuccessor) this.states.set(pod.slot, this.states.of(pod.slot) | UNMOVED);
    if (pod.isServing) this.noteServing(pod);
    if (isSuccessor && pod.nodeName !== undefined && pod.boundAt !== undefined) this.noteBinding(number, pod, pod.boundAt);
  }

  /** A pod was bound to a node. */
  bind(pod: Pod): void {
    const state = this.states.of(pod.slot);
    if (this.waitingBefore) this.stopWaiting(pod);
    if (state !== 0 && (state & UNMOVED) === 0) this.noteBinding(state >> BITS, pod, this.sim.now);
  }

  /** A pod has gone. */
  remove(pod: Pod): void {
    const { slot } = pod;
    const state = this.states.of(slot);
    if (state === 0) return;
    if (this.waitingBefore) this.stopWaiting(pod);
    if (!pod.isFinished) this.countLoss(pod, state);
    if (pod.nodeName === undefined) this.daemonTrackOf(pod)?.losePlace(this.sim.now);
    if ((state & PRESENT) !== 0) this.tracks.countPresent(state >> BITS, -1);
    this.states.set(slot, 0);
  }

  /** A pod is asked to go. It no longer serves, and counts as one move, however often it is asked. */
  noteTermination(pod: Pod): void {
    const { slot } = pod;
    const state = this.states.of(slot);
    if (state === 0) return;
    this.countLoss(pod, state);
    this.states.set(slot, (state & ~SERVING) | LEFT);
    if (this.isOfEndedJob(pod, state)) this.setAbsent(slot);
  }

  /**
   * A pod has changed its phase. A pod that ended because its node shut down or its Node object was removed counts as if it had been asked
   * to go.
   */
  notePhase(pod: Pod): void {
    this.note(pod);
    if (endedBy(this.cluster, pod)) this.noteTermination(pod);
  }

  /** Checks everything about a pod that may have changed: its class, and whether it has finished. */
  note(pod: Pod): void {
    const { slot, podClass } = pod;
    const state = this.states.of(slot);
    const before = this.countOf(state);
    if (!before) return;
    const { track } = before;
    if (pod.phase === 'Succeeded') this.noteSuccess(track, pod);
    if (pod.isFinished) this.setAbsent(slot);
    else if (before.podClass !== podClass || (state & PRESENT) === 0) {
      this.setAbsent(slot);
      const { number } = this.tracks.countIn(track, podClass);
      this.states.set(slot, (number << BITS) | (state & MARKS) | PRESENT);
      this.tracks.countPresent(number, 1);
    }
    this.noteServing(pod);
  }

  /** A pod may be Ready or not. */
  noteServing(pod: Pod): void {
    const { slot } = pod;
    const state = this.states.of(slot);
    const serving = pod.isServing && !pod.isFinished ? SERVING : 0;
    if (state === 0 || (state & SERVING) === serving) return;
    this.states.set(slot, state ^ SERVING);
    this.tracks.countServing(this.states.readyFigureOf(slot), serving === 0 ? -1 : 1);
  }

  /** A workload has come, changed from what it was `before`, or gone. */
  noteWorkload(workload: Workload, before?: Workload): void {
    if (before && replicasOf(workload) < replicasOf(before)) this.scaledDown.add(workloadKey(workload));
    this.tracks.noteWorkload(workload);
  }

  /** A Node object is gone. DaemonSets no longer want a pod there; pods that are still there are not counted unless the node comes back. */
  noteNodeLoss(node: Node): void {
    const { now } = this.sim;
    const pods = [...node.pods].filter(({ podClass }) => podClass.isDaemon);
    for (const track of new Set(pods.map((pod) => this.daemonTrackOf(pod)))) track?.losePlace(now);
    for (const { slot } of pods) this.setAbsent(slot);
  }

  /** A Node object has been added: DaemonSets want the pods that remain there from the one before. */
  noteNode(node: Node): void {
    for (const pod of node.pods) if (this.daemonTrackOf(pod)) this.note(pod);
  }

  private daemonTrackOf({ podClass, slot }: Pod): WorkloadTrack | undefined {
    return podClass.isDaemon ? this.countOf(this.states.of(slot))?.track : undefined;
  }

  private noteBinding(number: number, pod: Pod, at: Instant): void {
    this.bindings.note(number, this.cluster.hostOf(pod), pod.nodeName ?? '', at);
  }

  /** Counts the pods that exist at the start, one class at a time, except for those that are workloads of their own. */
  private countClasses({ tallies }: PodCensus): void {
    for (const { podClass, present } of [...tallies].sort(byFirst)) {
      const number = this.tracks.numberOf(podClass);
      if (number !== null && present > 0) this.tracks.countPresent(number, present);
    }
  }

  /** Marks the pods that exist at the start, and counts those that serve. */
  private markOriginals(census: PodCensus): void {
    const serving = new SlotNumbers(this.tracks.counts.length);
    for (let slot = 0; slot < census.end; slot += 1) {
      const podClass = census.classAt(slot);
      if (!podClass) continue;
      const isPresent = !census.isFinished(slot);
      const isServing = isPresent && census.isServing(slot);
      const number = this.tracks.numberOf(podClass) ?? this.enterOwn(slot);
      const left = census.isTerminating(slot) ? LEFT : 0;
      const state = (number << BITS) | KNOWN | UNMOVED | left | (isPresent ? PRESENT : 0) | (isServing ? SERVING : 0);
      this.states.enter(slot, state, this.rows.readyFigureOf(number));
      if (isServing) serving.set(number, serving.of(number) + 1);
    }
    for (const { number, track } of this.tracks.counts) track.servingBefore += serving.of(number);
  }

  /** Enters a pod that is a workload of its own. @returns the number of its count. */
  private enterOwn(slot: number): number {
    const pod = this.cluster.pods.at(slot);
    return pod ? this.enter(pod, UNMOVED) : 0;
  }

  /** Checks whether a pod that exists at the start has ended or waits for a node. */
  private noteOriginal(pod: Pod): void {
    const track = this.countOf(this.states.of(pod.slot))?.track;
    if (track && pod.phase === 'Succeeded') this.noteSuccess(track, pod);
    if (track && pod.nodeName === undefined && !pod.isTerminating && !pod.isFinished) this.wait(track, pod);
  }

  /** @returns the number of the count in which `pod` counts. */
  private enter(pod: Pod, marks: number): number {
    const number =
      this.tracks.numberOf(pod.podClass) ??
      this.tracks.countIn(this.tracks.of(topWorkload(this.cluster, pod), pod.labels), pod.podClass).number;
    const presence = pod.isFinished ? 0 : PRESENT;
    this.states.enter(pod.slot, (number << BITS) | KNOWN | marks | presence, this.rows.readyFigureOf(number));
    const track = pod.phase === 'Succeeded' ? this.tracks.counts[number]?.track : undefined;
    if (track) this.noteSuccess(track, pod);
    if (presence !== 0) this.tracks.countPresent(number, 1);
    return number;
  }

  private wait(track: WorkloadTrack, pod: Pod): void {
    track.waitingBefore += 1;
    this.waitingBefore ??= new Map();
    this.waitingBefore.set(pod, track);
  }

  private stopWaiting(pod: Pod): void {
    const track = this.waitingBefore?.get(pod);
    if (!track) return;
    this.waitingBefore?.delete(pod);
    if (this.waitingBefore?.size === 0) this.waitingBefore = undefined;
    track.waitingBefore -= 1;
    this.tracks.record(track);
  }

  private noteSuccess(track: WorkloadTrack, pod: Pod): void {
    if (this.succeeded.has(pod)) return;
    this.succeeded.add(pod);
    track.succeeded += 1;
  }

  private setAbsent(slot: number): void {
    const state = this.states.of(slot);
    if ((state & PRESENT) === 0) return;
    this.states.set(slot, state ^ PRESENT);
    this.tracks.countPresent(state >> BITS, -1);
  }

  /** A pod in that state has been asked to go. It no longer serves, and counts as one move unless its workload wants fewer pods now. */
  private countLoss(pod: Pod, state: number): void {
    if ((state & SERVING) !== 0) this.tracks.countServing(this.states.readyFigureOf(pod.slot), -1);
    if ((state & LEFT) !== 0) return;
    if (this.isOfEndedJob(pod, state)) return;
    const shrunk = this.scaledDown.size > 0 ? this.tooLarge(pod, state) : undefined;
    if (shrunk) shrunk.surplus += 1;
    else this.rows.noteMove(state >> BITS);
  }

  /** Whether nobody wants a pod in that state any more, because its Job is over its deadline or its CronJob has replaced its Job. */
  private isOfEndedJob(pod: Pod, state: number): boolean {
    if (!pod.podClass.isOfJob) return false;
    const job = this.cluster.ownerOf(pod);
    if (!job) return this.countOf(state)?.track.kind === 'CronJob';
    return job.kind === 'Job' && job.deadlineExceededAt !== undefined;
  }

  /** The workload of a pod in that state, if it was scaled down and no longer wants it. */
  private tooLarge(pod: Pod, state: number): WorkloadTrack | undefined {
    const { ownerKey = '' } = pod.podClass;
    return this.scaledDown.has(ownerKey) && isSurplus(this.cluster, pod) ? this.countOf(state)?.track : undefined;
  }

  private countOf(state: number): ClassCount | undefined {
    return state === 0 ? undefined : this.tracks.counts[state >> BITS];
  }
}

/** How many pods of a Job have ended with success as far as its status tells. */
function succeededBefore(workload: Workload | undefined): number {
  return workload?.kind === 'Job' ? (workload.ended?.succeeded ?? 0) : 0;
}

/** How many pods a workload asks for; infinite if it does not decide that itself. */
function replicasOf(workload: Workload): number {
  return 'replicas' in workload ? workload.replicas : Number.POSITIVE_INFINITY;
}

/** In the order in which they appeared. */
function byFirst(a: ClassTally, b: ClassTally): number {
  return a.first - b.first;
}
