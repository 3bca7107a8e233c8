import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterListener } from '../../cluster/ClusterChange.ts';
import { onEvery } from '../../cluster/Listeners.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { workloadKey } from '../../cluster/Workload.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { after, type Duration } from '../../units.ts';
import { topWorkload, type WorkloadName } from '../topWorkload.ts';
import { InstantEnd } from './InstantEnd.ts';
import { StepLog } from './StepLog.ts';
import { StepRecorder } from './StepRecorder.ts';

/** The pods of one workload that clients know, over time. */
export interface EndpointTrack {
  /** Pods that clients send requests to. */
  readonly known: StepRecorder;
  /** Those of them that still run and are Ready, terminating ones included. */
  readonly answering: StepRecorder;
}

interface Tracked extends EndpointTrack {
  readonly pods: Set<Pod>;
}

/**
 * Watches what clients see of each workload. For clients a pod joins and leaves `lag` later than it becomes Ready or begins to terminate. A
 * terminating pod goes on serving until it has ended; requests sent to it afterwards are lost. The run is not over before clients know of
 * the last change.
 */
export class EndpointProbe implements ClusterListener {
  readonly on = onEvery((change) => {
    if ('pod' in change) this.note(change.pod);
  });
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly lag: Duration;
  private readonly tracks = new Map<string, Tracked>();
  private readonly byPod = new Map<Pod, Tracked>();
  private readonly log = new StepLog();
  private readonly serving = new Set<Pod>();
  private readonly dirty = new Set<Tracked>();
  private readonly end: InstantEnd;

  /** Clients know the pods that serve now. */
  constructor(sim: Simulation, cluster: Cluster, lag: Duration) {
    this.sim = sim;
    this.cluster = cluster;
    this.lag = lag;
    this.end = new InstantEnd(sim, 'endpoints', () => this.observe());
    for (const pod of cluster.pods.values()) {
      if (!pod.isServing) continue;
      this.serving.add(pod);
      this.setKnown(pod, true);
    }
  }

  /** What clients saw of a workload; undefined for one without pods. */
  of(workload: WorkloadName): EndpointTrack | undefined {
    return this.tracks.get(workloadKey(workload));
  }

  private note(pod: Pod): void {
    const serves = isThere(pod) && pod.isServing;
    if (serves !== this.serving.has(pod)) this.tellLater(pod, serves);
    this.markDirty(this.trackOf(pod));
  }

  private tellLater(pod: Pod, serves: boolean): void {
    if (serves) this.serving.add(pod);
    else this.serving.delete(pod);
    const fire = () => this.setKnown(pod, serves);
    this.sim.schedule({ kind: 'endpoints', entity: pod.uid, fire }, after(this.sim.now, this.lag), 'Change');
  }

  private setKnown(pod: Pod, isKnown: boolean): void {
    const track = this.trackOf(pod);
    if (isKnown) track.pods.add(pod);
    else track.pods.delete(pod);
    this.markDirty(track);
  }

  private trackOf(pod: Pod): Tracked {
    const known = this.byPod.get(pod);
    if (known) return known;
    const track = this.trackFor(workloadKey(topWorkload(this.cluster, pod)));
    this.byPod.set(pod, track);
    return track;
  }

  private trackFor(key: string): Tracked {
    const known = this.tracks.get(key);
    if (known) return known;
    const track = { known: new StepRecorder(this.log), answering: new StepRecorder(this.log), pods: new Set<Pod>() };
    this.tracks.set(key, track);
    return track;
  }

  private markDirty(track: Tracked): void {
    this.dirty.add(track);
    this.end.mark();
  }

  private observe(): void {
    for (const track of this.dirty) {
      track.known.record(this.sim.now, track.pods.size);
      track.answering.record(this.sim.now, answeringOf(track.pods));
    }
    this.dirty.clear();
  }
}

function answeringOf(pods: ReadonlySet<Pod>): number {
  let count = 0;
  for (const pod of pods) if (pod.ready && isThere(pod)) count += 1;
  return count;
}

function isThere(pod: Pod): boolean {
  return pod.exists && !pod.isFinished;
}
