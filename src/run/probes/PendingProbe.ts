import type { Cluster } from '../../cluster/Cluster.ts';
import type { ClusterListener } from '../../cluster/ClusterChange.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { claimKeysOf, isBound } from '../../cluster/podVolumes.ts';
import type { Simulation } from '../../sim/Simulation.ts';
import { PendingPods } from './PendingPods.ts';
import { StepRecorder } from './StepRecorder.ts';

/**
 * Watches the pods that wait for a node. Pods that waited before the roll are kept apart from those that wait because of it. A pod whose
 * claim waits for its first consumer counts as waiting until that claim is bound, because the scheduler binds the pod only then. Must be
 * told of changes to pods.
 */
export class PendingProbe {
  readonly series = new StepRecorder();
  /** Pods that waited when the roll began. */
  readonly before: ReadonlySet<Pod>;
  /** Most that waited at any moment, those included that were placed in the instant in which they came. */
  mostAtOnce = 0;
  /** Listens for what only a pod with claims need be looked at for. */
  readonly starts: ClusterListener = {
    on: { podRunning: ({ pod }) => this.noteEnd(pod) },
    concerns: ({ hasVolumes }) => hasVolumes,
  };
  private readonly cluster: Cluster;
  private readonly waiting = new PendingPods();
  /** Those of them that have a node already: they wait for a claim. */
  private readonly claiming = new Set<Pod>();
  private readonly sim: Simulation;

  constructor(sim: Simulation, cluster: Cluster) {
    this.cluster = cluster;
    this.before = new Set(cluster.podCounts.restless().filter((pod) => this.isWaiting(pod)));
    this.sim = sim;
    this.series.record(sim.now, 0);
  }

  /** A pod has come. */
  add(pod: Pod): void {
    if (this.isWaiting(pod)) this.begin(pod);
  }

  /** A pod has changed: it may begin or cease to wait. */
  note(pod: Pod): void {
    if (this.waiting.has(pod)) this.noteEnd(pod);
    else if (this.isWaiting(pod) && !this.before.has(pod)) this.begin(pod);
  }

  /** A pod may have ceased to wait. */
  noteEnd(pod: Pod): void {
    if (this.waiting.size === 0 || !this.waiting.has(pod)) return;
    if (!this.isWaiting(pod)) this.end(pod);
    else if (pod.nodeName !== undefined) this.claiming.add(pod);
  }

  /** A pod has gone. */
  forget(pod: Pod): void {
    if (this.waiting.size > 0 && this.waiting.has(pod)) this.end(pod);
  }

  /** Claims have changed. */
  noteClaims(): void {
    for (const pod of this.claiming) this.noteEnd(pod);
  }

  /** Pods that wait now and did not wait before the roll, in the order in which they began to. */
  now(): readonly Pod[] {
    return this.waiting.size > 0 ? this.waiting.among(this.cluster.pods.values()) : [];
  }

  private begin(pod: Pod): void {
    this.waiting.add(pod);
    if (pod.nodeName !== undefined) this.claiming.add(pod);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.waiting.size);
    this.record();
  }

  private end(pod: Pod): void {
    this.waiting.delete(pod);
    if (this.claiming.size > 0) this.claiming.delete(pod);
    this.record();
  }

  private record(): void {
    this.series.record(this.sim.now, this.waiting.size);
  }

  /** A pod that has a node waits for nothing but a claim. */
  private isWaiting(pod: Pod): boolean {
    if (pod.nodeName !== undefined && (pod.phase !== 'Pending' || !this.hasUnboundClaim(pod))) return false;
    return !pod.isTerminating && !pod.isFinished;
  }

  private hasUnboundClaim(pod: Pod): boolean {
    if (!pod.podClass.hasVolumes) return false;
    return claimKeysOf(pod).some((key) => {
      const claim = this.cluster.storage.claims.get(key);
      return claim !== undefined && !isBound(claim);
    });
  }
}
