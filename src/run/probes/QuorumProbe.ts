import type { Cluster } from '../../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { workloadKey } from '../../cluster/Workload.ts';
import type { LabelledWorkload } from '../../scenario/fitsWorkload.ts';
import { quorumFor } from '../../scenario/quorumFor.ts';
import type { Quorum } from '../../scenario/Scenario.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { sample } from '../../sim/sample.ts';
import { after, type Instant, NEVER, START } from '../../units.ts';
import { TopWorkloads, topWorkload } from '../topWorkload.ts';
import type { Floor } from './BudgetTrack.ts';
import { StepRecorder } from './StepRecorder.ts';

/** What a quorum wants of a workload: `track.ready` are its pods that are Ready and in sync. */
export interface QuorumFloor extends Floor {
  readonly quorum: number;
  /** Whether at the end of the count some pod is yet to come into sync. */
  readonly isSyncing: boolean;
}

/** When pods of one workload came into sync and went. */
interface Course {
  readonly quorum: Quorum;
  readonly changes: { readonly at: Instant; readonly more: number }[];
  /** Since or from when each pod that serves is in sync. */
  readonly serving: Map<Pod, Instant>;
}

/**
 * Watches which pods of workloads with a quorum are Ready and in sync. Those that serve when it begins are in sync; a pod that becomes Ready
 * later, for the first time or again, is so after a time that is drawn for it.
 *
 * Coming into sync is no event, because nothing in the cluster depends on it: whoever measures it changes nothing.
 */
export class QuorumProbe implements ClusterListener {
  readonly on: ChangeHandlers = {
    podAdded: ({ pod }) => this.note(pod),
    podReadyChanged: ({ pod }) => this.note(pod),
    podTerminating: ({ pod }) => this.note(pod),
    podPhaseChanged: ({ pod }) => this.note(pod),
    podRemoved: ({ pod }) => this.note(pod),
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly quorums: readonly Quorum[];
  private readonly tops: TopWorkloads;
  /** By key of the workload; null for one without a quorum. */
  private readonly courses = new Map<string, Course | null>();

  constructor(sim: Simulation, cluster: Cluster, quorums: readonly Quorum[]) {
    this.sim = sim;
    this.cluster = cluster;
    this.quorums = quorums;
    this.tops = new TopWorkloads(cluster);
    for (const pod of cluster.pods.values()) if (isServing(pod)) this.courseOf(pod)?.serving.set(pod, START);
  }

  /** What its quorum wants of `workload`, and what there was of it up to `end`; undefined for one without a quorum. */
  floorOf(workload: LabelledWorkload, end: Instant): QuorumFloor | undefined {
    const course = this.courseFor(workloadKey(workload), workload);
    if (!course) return undefined;
    const [ready, wanted] = [new StepRecorder(), new StepRecorder()];
    const { changes, serving, quorum } = course;
    const still = [...serving.values()].filter((at) => at <= end).map((at) => ({ at, more: 1 }));
    ready.record(START, 0);
    for (const { at, more } of [...changes, ...still].sort((a, b) => a.at - b.at)) ready.change(at, more);
    wanted.record(START, quorum.quorum);
    const isSyncing = [...serving.values()].some((at) => at > end && at < NEVER);
    return { quorum: quorum.quorum, track: { ready }, wanted, isSyncing };
  }

  private note(pod: Pod): void {
    const course = this.courseOf(pod);
    if (!course) return;
    const from = course.serving.get(pod);
    if (isServing(pod)) {
      if (from === undefined) course.serving.set(pod, after(this.sim.now, sample(course.quorum.sync, this.sim.stream('sync', pod.key))));
      return;
    }
    if (from === undefined) return;
    course.serving.delete(pod);
    if (from < this.sim.now) course.changes.push({ at: from, more: 1 }, { at: this.sim.now, more: -1 });
  }

  private courseOf(pod: Pod): Course | null {
    const known = this.courses.get(this.tops.keyOf(pod));
    return known === undefined ? this.courseFor(this.tops.keyOf(pod), { ...topWorkload(this.cluster, pod), labels: pod.labels }) : known;
  }

  private courseFor(key: string, workload: LabelledWorkload): Course | null {
    const known = this.courses.get(key);
    if (known !== undefined) return known;
    const quorum = quorumFor(this.quorums, workload);
    const course = quorum ? { quorum, changes: [], serving: new Map<Pod, Instant>() } : null;
    this.courses.set(key, course);
    return course;
  }
}

function isServing(pod: Pod): boolean {
  return pod.exists && !pod.isFinished && pod.isServing;
}
