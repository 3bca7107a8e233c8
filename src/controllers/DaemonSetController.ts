import type { Cluster } from '../cluster/Cluster.ts';
import type { ClusterChange } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { type DaemonSet, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { DaemonPods } from './DaemonPods.ts';
import { daemonPlacement, daemonTolerations, pinnedTo } from './daemonPlacement.ts';
import { deletePod } from './deletePod.ts';
import { NO_LATENCY } from './Latency.ts';
import { PodFactory } from './PodFactory.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';

/**
 * Keeps one pod of every DaemonSet on every node that it belongs to, pinned by a node affinity on `metadata.name`.
 *
 * A pod is replaced when its object is gone, also on a cordoned node. Rolling updates, surge and the back-off after failed pods are not
 * modelled.
 * @see kubernetes/kubernetes pkg/controller/daemon/daemon_controller.go (podsShouldBeOnNode)
 */
export class DaemonSetController {
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly pods = new DaemonPods();
  private readonly daemonSets = new Set<string>();
  private readonly queue: Reconciler<Place>;

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.factory = new PodFactory({ sim, cluster });
    this.queue = new Reconciler(
      sim,
      (place) => this.reconcile(place),
      (entity) => latency('daemonSet', entity),
    );
    for (const pod of cluster.pods.values()) this.pods.add(pod);
    for (const workload of cluster.workloads.values()) if (workload.kind === 'DaemonSet') this.noteDaemonSet(workload);
  }

  onChange(change: ClusterChange): void {
    switch (change.kind) {
      case 'workloadAdded':
      case 'workloadUpdated':
        if (change.workload.kind === 'DaemonSet') this.noteDaemonSet(change.workload);
        break;
      case 'workloadRemoved':
        this.daemonSets.delete(workloadKey(change.workload));
        break;
      case 'nodeAdded':
      case 'nodeRemoved':
        this.noteNode(change.node);
        break;
      case 'nodeUpdated':
        if (change.node.taints !== change.before.taints || change.node.labels !== change.before.labels) this.noteNode(change.node);
        break;
      case 'podAdded':
        this.pods.add(change.pod);
        break;
      case 'podRemoved':
        this.pods.delete(change.pod);
        this.notePod(change.pod);
        break;
      case 'podPhaseChanged':
        if (change.pod.isFinished) this.notePod(change.pod);
        break;
    }
  }

  private noteDaemonSet(daemonSet: DaemonSet): void {
    const key = workloadKey(daemonSet);
    this.daemonSets.add(key);
    for (const nodeName of this.cluster.nodes.keys()) this.request({ key, nodeName });
  }

  private noteNode({ name }: Node): void {
    for (const key of this.daemonSets) this.request({ key, nodeName: name });
  }

  private notePod(pod: Pod): void {
    if (pod.owner?.kind !== 'DaemonSet') return;
    const nodeName = pod.nodeName ?? pinnedTo(pod.spec);
    if (nodeName !== undefined)
      this.request({ key: workloadKey({ kind: 'DaemonSet', namespace: pod.namespace, name: pod.owner.name }), nodeName });
  }

  private request(place: Place): void {
    this.queue.request(`${place.key}@${place.nodeName}`, place);
  }

  private reconcile({ key, nodeName }: Place): void {
    const daemonSet = this.cluster.workloads.get(key);
    if (daemonSet?.kind !== 'DaemonSet') return;
    const pods = this.pods.of(key, nodeName).filter((pod) => !pod.isFinished || !pod.isTerminating);
    const node = this.cluster.nodes.get(nodeName);
    if (!node) this.delete(pods.filter((pod) => pod.nodeName === undefined));
    else this.reconcileNode(daemonSet, node, pods);
  }

  private reconcileNode(daemonSet: DaemonSet, node: Node, pods: readonly Pod[]): void {
    const placement = daemonPlacement(daemonSet.template.spec, node);
    if (placement === 'none') this.delete(pods);
    else if (pods.length > 0) this.delete(surplus(pods));
    else if (placement === 'run') this.create(daemonSet, node);
  }

  private create(daemonSet: DaemonSet, { name }: Node): void {
    const { affinity, tolerations, hostNetwork } = daemonSet.template.spec;
    const term = { matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] } as const;
    const pinned: PodSpec['affinity'] = { ...affinity, node: { ...affinity.node, required: [term] } };
    this.factory.createNumbered(daemonSet, { affinity: pinned, tolerations: daemonTolerations(tolerations, hostNetwork) });
  }

  private delete(pods: readonly Pod[]): void {
    for (const pod of pods) if (!pod.isTerminating) deletePod(this.cluster, pod, { now: this.sim.now, cause: 'Delete' });
  }
}

/** One DaemonSet (by workload key) on one node. */
interface Place {
  readonly key: string;
  readonly nodeName: string;
}

/** Finished pods, and all but the oldest of the others that stay. */
function surplus(pods: readonly Pod[]): readonly Pod[] {
  const staying = pods.filter((pod) => !pod.isFinished && !pod.isTerminating).sort((a, b) => a.createdAt - b.createdAt);
  return [...pods.filter((pod) => pod.isFinished), ...staying.slice(1)];
}
