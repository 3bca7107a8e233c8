import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { attachableVolumesOf, claimKeysOf, isBound } from '../cluster/podVolumes.ts';
import type { EventHandle } from '../sim/OneOffEvents.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, ZERO } from '../units.ts';
import { type UnreportedUnmount, VolumeReports } from './VolumeReports.ts';
import type { VolumeTimingSource } from './VolumeTiming.ts';

export interface VolumeMountsOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly timing: VolumeTimingSource;
  /** From the deletion to the end of the last container: pods deleted by force still hold their volumes for that long. */
  exit(pod: Pod): Duration;
}

/**
 * The volume managers of the kubelets. A pod starts when its claims are bound, its volumes attached, and its node has reported them as in
 * use. After its end they are unmounted, which the node reports later.
 *
 * Mounting takes no time of its own (it is part of the time to Ready), and a kubelet notices an attached volume at once.
 * @see kubernetes/kubernetes pkg/kubelet/volumemanager/volume_manager.go
 */
export class VolumeMounts {
  readonly on = {
    podRemoved: ({ pod }) => {
      if (this.waiting.delete(pod)) this.releaseIn(pod, ZERO);
      else if (this.reportsOf(pod)?.holds(pod)) this.releaseIn(pod, this.exit(pod));
    },
    podPhaseChanged: ({ pod }) => {
      if (pod.isFinished && this.reportsOf(pod)?.holds(pod)) this.releaseIn(pod, this.unmountTime(pod));
    },
    nodeVolumesChanged: (change) => {
      for (const [pod, { node }] of this.waiting) if (node === change.node) this.lookSoon(pod);
    },
    storageChanged: ({ object, name }) => {
      if (object === 'claims') this.noteClaim(name);
    },
  } satisfies ChangeHandlers;
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: VolumeTimingSource;
  private readonly exit: (pod: Pod) => Duration;
  private readonly reports = new Map<Node, VolumeReports>();
  private readonly unmounted = new Map<Pod, () => void>();
  private readonly waiting = new Map<Pod, { readonly node: Node; readonly done: (pod: Pod) => void }>();

  /** Counts the volumes of pods that run from the start as mounted. */
  constructor({ sim, cluster, timing, exit }: VolumeMountsOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.exit = exit;
    for (const node of cluster.nodes.values()) for (const pod of node.pods) if (pod.phase !== 'Pending') this.adopt(pod, node);
  }

  /**
   * Prepares the volumes of `pod` and then calls `done`, unless that is called off.
   * @returns undefined when they are ready; `done` is not called then.
   */
  mount(pod: Pod, node: Node, done: (pod: Pod) => void): EventHandle | undefined {
    if (pod.spec.volumes.length === 0 || claimKeysOf(pod).length === 0) return undefined;
    this.use(pod, node);
    if (this.isReady(pod, node)) return undefined;
    this.waiting.set(pod, { node, done });
    return { cancel: () => void this.waiting.delete(pod) };
  }

  /** Whether `pod` waits for a volume: none of its containers has started. */
  isWaiting(pod: Pod): boolean {
    return this.waiting.has(pod);
  }

  /** Time from the end of the last container of `pod` to its volumes being unmounted. */
  unmountTime(pod: Pod): Duration {
    const timing = this.timing();
    return timing && this.reportsOf(pod)?.holds(pod) ? timing.unmount(pod) : ZERO;
  }

  /** The volumes of `pod` are unmounted. */
  release(pod: Pod): void {
    this.waiting.delete(pod);
    this.reportsOf(pod)?.release(pod);
    this.unmounted.get(pod)?.();
    this.unmounted.delete(pod);
  }

  /** Calls `done` when the volumes of `pod` are unmounted, at once if it has none; never if its machine goes away before. */
  whenUnmounted(pod: Pod, done: () => void): void {
    if (this.reportsOf(pod)?.holds(pod)) this.unmounted.set(pod, done);
    else done();
  }

  /** The machine of `node` goes away. @returns the volumes that it did not report as unmounted. */
  stop(node: Node): readonly UnreportedUnmount[] {
    for (const [pod, wait] of this.waiting) if (wait.node === node) this.waiting.delete(pod);
    return this.reports.get(node)?.stop() ?? [];
  }

  /** The machine of `node` is back; pods that are still bound to it must have asked for their volumes again. */
  start(node: Node): void {
    this.reportsOn(node).start();
  }

  private adopt(pod: Pod, node: Node): void {
    const fire = () => this.use(pod, node);
    if (pod.spec.volumes.length > 0) this.sim.schedule({ kind: 'kubelet', entity: pod.key, fire }, this.sim.now, 'React');
  }

  private use(pod: Pod, node: Node): void {
    for (const { name } of attachableVolumesOf(this.cluster.storage, pod)) this.reportsOn(node).use(pod, name);
  }

  private isReady(pod: Pod, node: Node): boolean {
    const { claims } = this.cluster.storage;
    const isAnyUnbound = claimKeysOf(pod).some((key) => {
      const claim = claims.get(key);
      return claim !== undefined && !isBound(claim);
    });
    return (
      !isAnyUnbound &&
      attachableVolumesOf(this.cluster.storage, pod).every(({ name }) => node.volumesAttached.has(name) && node.volumesInUse.has(name))
    );
  }

  private noteClaim(key: string): void {
    for (const pod of this.waiting.keys()) if (claimKeysOf(pod).includes(key)) this.lookSoon(pod);
  }

  private lookSoon(pod: Pod): void {
    this.sim.schedule({ kind: 'kubelet', entity: pod.key, fire: () => this.look(pod) }, this.sim.now, 'React');
  }

  private look(pod: Pod): void {
    const wait = this.waiting.get(pod);
    if (!wait) return;
    this.use(pod, wait.node);
    if (!this.isReady(pod, wait.node)) return;
    this.waiting.delete(pod);
    wait.done(pod);
  }

  private releaseIn(pod: Pod, time: Duration): void {
    const fire = () => this.release(pod);
    this.sim.schedule({ kind: 'volumeUnmounted', entity: pod.key, fire }, after(this.sim.now, time), 'Change');
  }

  private reportsOf({ nodeName }: Pod): VolumeReports | undefined {
    const node = nodeName === undefined ? undefined : this.cluster.nodes.get(nodeName);
    return node && this.reports.get(node);
  }

  private reportsOn(node: Node): VolumeReports {
    const known = this.reports.get(node);
    if (known) return known;
    const reports = new VolumeReports({ sim: this.sim, cluster: this.cluster, timing: this.timing }, node);
    this.reports.set(node, reports);
    return reports;
  }
}
