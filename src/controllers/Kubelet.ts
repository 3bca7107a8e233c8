import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { EventHandle } from '../sim/EventQueue.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { after, type Duration, type Instant, NEVER, seconds, ZERO } from '../units.ts';
import { ImagePulls, type PullTiming } from './ImagePulls.ts';
import type { VolumeMounts } from './VolumeMounts.ts';
import type { UnreportedUnmount } from './VolumeReports.ts';

/** How long pods take to start and to end; asked anew for every start and every end. */
export interface KubeletTiming {
  /** From the images being there to Running; no time when absent. */
  start?(pod: Pod): Duration;
  /** From Running to Ready; NEVER: it does not become Ready. */
  ready(pod: Pod): Duration;
  /** From Running to the successful end of the pod by itself; NEVER when absent. */
  complete?(pod: Pod): Duration;
  /** From the deletion to the end of the last container; the grace period cuts it. */
  exit(pod: Pod): Duration;
  /** undefined: images are there at once. Read at every pull. */
  readonly images: PullTiming | undefined;
}

export interface KubeletOptions {
  readonly sim: Simulation;
  readonly cluster: Cluster;
  readonly timing: KubeletTiming;
  /** Absent: volumes are there at once and gone at once. */
  readonly volumes?: VolumeMounts | undefined;
}

/**
 * The kubelets of all nodes: they start the pods that are bound to their node, and end those that are deleted.
 *
 * A start is volumes, image pulls, then Running, then Ready. An ended pod is removed when its volumes are unmounted; one of a Job becomes
 * Failed and its controller removes it.
 * A kubelet that is stopped does nothing: its pods stay as they are, and deleted ones stay terminating, until it is back.
 */
export class Kubelet {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly timing: KubeletTiming;
  private readonly pulls: ImagePulls;
  private readonly volumes: VolumeMounts | undefined;
  private readonly pending = new Map<Pod, EventHandle>();
  private readonly exits = new Map<Pod, Instant>();

  /** Goes on with the pods of the cluster that are starting or ending; those that run and are not Ready stay so. */
  constructor({ sim, cluster, timing, volumes }: KubeletOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.timing = timing;
    this.volumes = volumes;
    this.pulls = new ImagePulls({ sim, cluster, timing: () => timing.images });
    for (const pod of cluster.pods.values()) this.take(pod);
  }

  onChange(change: ClusterChange): void {
    this.volumes?.onChange(change);
    switch (change.kind) {
      case 'podAdded':
      case 'podBound':
        this.take(change.pod);
        break;
      case 'podTerminating':
        this.planExit(change.pod);
        break;
      case 'podPhaseChanged':
        if (change.pod.isFinished) this.forget(change.pod);
        break;
      case 'podRemoved':
        this.forget(change.pod);
        break;
      case 'nodeRemoved':
        this.silence(change.node);
        break;
    }
  }

  /**
   * The machine of `node` goes away: nothing on it starts, ends or reports until it is back.
   * @returns the volumes that it no longer used and had not reported so: they stay attached.
   */
  stop(node: Node): readonly UnreportedUnmount[] {
    const untold = this.silence(node);
    this.cluster.updateNode(node, { isPosting: false });
    return untold;
  }

  /**
   * The machine of `node` is back with its containers gone: the node is Ready, terminating pods end at once, and the pods that are still
   * bound to it are not Ready and start again; those with restart policy Never have failed.
   */
  start(node: Node): void {
    this.cluster.updateNode(node, { isPosting: true, ready: 'True' });
    for (const pod of [...node.pods]) {
      if (pod.isTerminating) this.release(pod);
      else this.restart(pod);
    }
    this.volumes?.start(node);
  }

  private take(pod: Pod): void {
    if (pod.nodeName === undefined || pod.isFinished) return;
    if (pod.isTerminating) this.planExit(pod);
    else if (pod.phase === 'Pending') this.react(pod);
  }

  private mount(pod: Pod): void {
    const node = this.runningNodeOf(pod);
    if (!node) return;
    const mount = this.volumes?.mount(pod, node, () => this.pull(pod));
    if (mount) this.expect(pod, mount);
    else this.pull(pod);
  }

  private pull(pod: Pod): void {
    const node = this.runningNodeOf(pod);
    if (!node) return;
    const pull = this.pulls.pull(pod, node, () => this.begin(pod));
    if (pull) this.expect(pod, pull);
    else this.begin(pod);
  }

  private begin(pod: Pod): void {
    const time = this.timing.start?.(pod) ?? ZERO;
    if (time === ZERO) this.run(pod);
    else this.happen(pod, 'podRunning', { at: after(this.sim.now, time), fire: () => this.run(pod) });
  }

  private run(pod: Pod): void {
    this.cluster.setPodPhase(pod, 'Running');
    const readyAt = after(this.sim.now, this.timing.ready(pod));
    const completeAt = after(this.sim.now, this.timing.complete?.(pod) ?? NEVER);
    const complete = () => this.happen(pod, 'podComplete', { at: completeAt, fire: () => this.complete(pod) });
    if (completeAt <= readyAt) complete();
    else this.happen(pod, 'podReady', { at: readyAt, fire: () => this.makeReady(pod, complete) });
  }

  private makeReady(pod: Pod, next: () => void): void {
    this.cluster.setPodReady(pod, true, this.sim.now);
    next();
  }

  private complete(pod: Pod): void {
    this.cluster.setPodReady(pod, false, this.sim.now);
    this.cluster.setPodPhase(pod, 'Succeeded');
  }

  private planExit(pod: Pod): void {
    if (!pod.termination || !this.runningNodeOf(pod)) return;
    const { requestedAt, gracePeriodSeconds } = pod.termination;
    const hasContainers = !this.volumes?.isWaiting(pod);
    const byItself = this.exits.get(pod) ?? (hasContainers ? after(this.sim.now, this.timing.exit(pod)) : this.sim.now);
    const deadline = after(requestedAt, seconds(gracePeriodSeconds));
    const at = Math.max(this.sim.now, Math.min(byItself, deadline)) as Instant;
    this.exits.set(pod, at);
    this.happen(pod, 'podExit', { at, fire: () => this.end(pod) });
  }

  private end(pod: Pod): void {
    const unmountTime = this.volumes?.unmountTime(pod) ?? ZERO;
    if (unmountTime === ZERO) this.release(pod);
    else {
      this.cluster.setPodReady(pod, false, this.sim.now);
      this.happen(pod, 'podUnmounted', { at: after(this.sim.now, unmountTime), fire: () => this.release(pod) });
    }
  }

  private release(pod: Pod): void {
    this.forget(pod);
    this.volumes?.release(pod);
    if (this.cluster.ownerOf(pod)?.kind === 'Job') this.cluster.setPodPhase(pod, 'Failed');
    else this.cluster.removePod(pod);
  }

  private restart(pod: Pod): void {
    this.cluster.setPodReady(pod, false, this.sim.now);
    if (pod.spec.restartPolicy === 'Never' && pod.phase === 'Running') this.cluster.setPodPhase(pod, 'Failed');
    else this.mount(pod);
  }

  /** The node that runs `pod`, undefined while nobody there answers. */
  private runningNodeOf({ nodeName }: Pod): Node | undefined {
    const node = nodeName === undefined ? undefined : this.cluster.nodes.get(nodeName);
    return node?.isPosting ? node : undefined;
  }

  private silence(node: Node): readonly UnreportedUnmount[] {
    for (const pod of node.pods) this.forget(pod);
    this.pulls.stop(node);
    return this.volumes?.stop(node) ?? [];
  }

  private react(pod: Pod): void {
    this.expect(pod, this.sim.schedule({ kind: 'kubelet', entity: pod.key, fire: () => this.mount(pod) }, this.sim.now, 'React'));
  }

  /** Lets the next thing happen to `pod`; at NEVER nothing does. */
  private happen(pod: Pod, kind: string, { at, fire }: { at: Instant; fire: () => void }): void {
    if (at === NEVER) return;
    const once = () => {
      this.pending.delete(pod);
      fire();
    };
    this.expect(pod, this.sim.schedule({ kind, entity: pod.key, fire: once }, at, 'Change'));
  }

  /** Waits for one thing per pod: a new one calls the last one off. */
  private expect(pod: Pod, handle: EventHandle): void {
    this.pending.get(pod)?.cancel();
    this.pending.set(pod, handle);
  }

  private forget(pod: Pod): void {
    this.pending.get(pod)?.cancel();
    this.pending.delete(pod);
    this.exits.delete(pod);
  }
}
