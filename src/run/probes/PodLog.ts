import type { Cluster } from '../../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../../cluster/ClusterChange.ts';
import type { Pod, Termination } from '../../cluster/Pod.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import type { Instant } from '../../units.ts';
import type { TopWorkloads } from '../topWorkload.ts';
import { type EndedBy, endedBy } from './endedBy.ts';

/** The life of one pod as far as the run saw it. */
export interface PodLife {
  readonly pod: Pod;
  /** Key of the workload a person thinks of. */
  readonly workload: string;
  /** First time Ready after its binding in this run; undefined for pods that were there at the start. */
  readyAt: Instant | undefined;
  /** When its deletion began, or when it was killed; undefined for one that had finished before. */
  leftAt: Instant | undefined;
  cause: Termination['cause'] | EndedBy | undefined;
  goneAt: Instant | undefined;
  /** FailedScheduling events and the last message of them. */
  failedAttempts: number;
  message: string | undefined;
  readonly isOriginal: boolean;
}

/** Keeps one {@link PodLife} per pod, those of the start first, then in order of creation. */
export class PodLog implements ClusterListener {
  readonly on: ChangeHandlers = {
    podAdded: ({ pod }) => void this.open(pod, { isOriginal: false }),
    podReadyChanged: ({ pod }) => {
      if (pod.ready) this.note(pod).readyAt ??= this.sim.now;
    },
    podTerminating: ({ pod }) => this.leave(this.note(pod)),
    podPhaseChanged: ({ pod }) => {
      if (endedBy(this.cluster, pod)) this.leave(this.note(pod));
    },
    podRemoved: ({ pod }) => {
      if (!pod.isFinished) this.leave(this.note(pod));
      this.note(pod).goneAt = this.sim.now;
    },
  };
  readonly lives: PodLife[] = [];
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly tops: TopWorkloads;
  /** The lives of the pods that are there, by slot. */
  private readonly present: PodLife[] = [];

  constructor(sim: Simulation, cluster: Cluster, tops: TopWorkloads) {
    this.sim = sim;
    this.cluster = cluster;
    this.tops = tops;
    for (const pod of cluster.pods.values()) this.open(pod, { isOriginal: true });
  }

  /** Takes note of a FailedScheduling event. */
  failed(pod: Pod, message: string): void {
    const life = this.lifeOf(pod);
    if (!life) return;
    life.failedAttempts += 1;
    life.message = message;
  }

  private lifeOf(pod: Pod): PodLife | undefined {
    const life = this.present[pod.slot];
    return life?.pod === pod ? life : undefined;
  }

  private note(pod: Pod): PodLife {
    return this.lifeOf(pod) ?? this.open(pod, { isOriginal: false });
  }

  private leave(life: PodLife): void {
    life.leftAt ??= this.sim.now;
    life.cause ??= life.pod.termination?.cause ?? endedBy(this.cluster, life.pod) ?? 'Delete';
  }

  private open(pod: Pod, { isOriginal }: Pick<PodLife, 'isOriginal'>): PodLife {
    const life: PodLife = {
      pod,
      workload: this.tops.keyOf(pod),
      readyAt: undefined,
      leftAt: undefined,
      cause: undefined,
      goneAt: undefined,
      failedAttempts: 0,
      message: undefined,
      isOriginal,
    };
    this.lives.push(life);
    this.present[pod.slot] = life;
    return life;
  }
}
