import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers, ClusterListener } from '../cluster/ClusterChange.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { PodClass } from '../cluster/PodClass.ts';
import type { PodSpec } from '../cluster/PodSpec.ts';
import { type DaemonSet, type Workload, workloadKey } from '../cluster/Workload.ts';
import type { Simulation } from '../sim/Simulation.ts';
import { minutes, seconds } from '../units.ts';
import { Backoff } from './Backoff.ts';
import { DaemonPods } from './DaemonPods.ts';
import { allowsSurge, DaemonRollout } from './DaemonRollout.ts';
import { daemonPlacement, daemonTolerations, pinnedTo } from './daemonPlacement.ts';
import { deletePod } from './deletePod.ts';
import { NO_LATENCY } from './Latency.ts';
import { CLAIMS_ALL, orphansOf, PodClaims, selects } from './PodClaims.ts';
import { PodFactory } from './PodFactory.ts';
import { type ControllerOptions, Reconciler } from './Reconciler.ts';

/**
 * Keeps one pod of every DaemonSet on every node that it belongs to, pinned by a node affinity on `metadata.name`.
 *
 * A pod is replaced when its object is gone, also on a cordoned node; with surge as soon as it is being deleted. A failed pod is deleted, the
 * next one on the same node after 1 s, doubling up to 15 min.
 * @see kubernetes/kubernetes pkg/controller/daemon/daemon_controller.go (podsShouldBeOnNode)
 */
export class DaemonSetController implements ClusterListener {
  readonly on: ChangeHandlers = {
    workloadAdded: ({ workload }) => {
      this.noteWorkload(workload);
      this.noteOrphans([workload]);
    },
    workloadUpdated: ({ workload, before }) => this.noteWorkload(workload, before),
    workloadRemoved: ({ workload }) => this.daemonSets.delete(workloadKey(workload)),
    nodeAdded: ({ node }) => this.noteNode(node),
    nodeUpdated: ({ node, before }) => {
      if (node.taints !== before.taints || node.labels !== before.labels) this.noteNode(node);
    },
    nodeRemoved: ({ node }) => this.noteNode(node),
    podAdded: ({ pod }) => this.pods.add(pod),
    podGiven: ({ pod }) => this.noteOrphan(pod),
    podUpdated: ({ pod, before }) => {
      if (pod.labels !== before.labels) this.noteLabels(pod);
    },
    podOwnerChanged: ({ pod, before }) => {
      this.pods.delete(pod, before);
      this.pods.add(pod);
      this.noteOrphan(pod);
      this.notePod(pod);
    },
    podReadyChanged: ({ pod }) => this.noteMember(pod),
    podTerminating: ({ pod }) => this.noteMember(pod),
    podPhaseChanged: ({ pod }) => {
      if (pod.isFinished) this.notePod(pod);
    },
    podRemoved: ({ pod }) => {
      this.pods.delete(pod);
      this.notePod(pod);
    },
  };
  private readonly sim: Simulation;
  private readonly cluster: Cluster;
  private readonly factory: PodFactory;
  private readonly pods = new DaemonPods();
  private readonly daemonSets = new Set<string>();
  private readonly claims: PodClaims;
  private readonly failures = new Backoff<string>({ first: seconds(1), longest: minutes(15) });
  private readonly rollout: DaemonRollout;
  private readonly queue: Reconciler<Place>;

  /** Reconciles everything that the cluster holds in this instant. */
  constructor({ sim, cluster, latency = NO_LATENCY }: ControllerOptions) {
    this.sim = sim;
    this.cluster = cluster;
    this.factory = new PodFactory({ sim, cluster });
    this.claims = new PodClaims(cluster, CLAIMS_ALL);
    this.queue = new Reconciler(
      sim,
      (place) => this.reconcile(place),
      (entity) => latency('daemonSet', entity),
    );
    this.rollout = new DaemonRollout({
      sim,
      cluster,
      pods: this.pods,
      create: (daemonSet, node) => this.create(daemonSet, node),
      delete: (pods) => this.delete(pods),
    });
    for (const pod of cluster.podsOfClasses((podClass) => this.concerns(podClass))) this.pods.add(pod);
    for (const workload of cluster.workloads.values()) this.noteWorkload(workload);
    this.noteOrphans([...cluster.workloads.values()]);
  }

  concerns({ owner }: PodClass): boolean {
    return owner?.kind === 'DaemonSet';
  }

  private noteWorkload(workload: Workload, before?: Workload): void {
    if (workload.kind === 'DaemonSet') this.noteDaemonSet(workload, before);
  }

  private noteDaemonSet(daemonSet: DaemonSet, before?: Workload): void {
    const key = workloadKey(daemonSet);
    this.rollout.note(daemonSet, before);
    this.daemonSets.add(key);
    for (const nodeName of this.cluster.nodes.keys()) this.request({ key, nodeName });
  }

  private noteNode({ name }: Node): void {
    for (const key of this.daemonSets) this.request({ key, nodeName: name });
  }

  /** A pod that is Ready or on its way out counts for surge and for a rolling update. */
  private noteMember(pod: Pod): void {
    this.rollout.notePod(pod);
    const owner = this.cluster.ownerOf(pod);
    if (pod.isTerminating && owner?.kind === 'DaemonSet' && allowsSurge(owner)) this.notePod(pod);
  }

  private notePod(pod: Pod): void {
    if (pod.owner?.kind !== 'DaemonSet') return;
    this.rollout.notePod(pod);
    const nodeName = pod.nodeName ?? pinnedTo(pod.spec);
    if (nodeName !== undefined)
      this.request({ key: workloadKey({ kind: 'DaemonSet', namespace: pod.namespace, name: pod.owner.name }), nodeName });
  }

  private noteLabels(pod: Pod): void {
    const { ownerKey } = pod.podClass;
    if (ownerKey !== undefined && this.daemonSets.has(ownerKey)) this.claimLater(ownerKey, pod);
    else this.noteOrphan(pod);
  }

  private noteOrphans(workloads: readonly Workload[]): void {
    for (const pod of orphansOf(this.cluster, workloads.filter(isDaemonSet))) this.noteOrphan(pod);
  }

  private noteOrphan(pod: Pod): void {
    if (pod.owner) return;
    for (const key of this.daemonSets) {
      const daemonSet = this.cluster.workloads.get(key);
      if (daemonSet && selects(daemonSet, pod.podClass)) this.claimLater(key, pod);
    }
  }

  private claimLater(key: string, pod: Pod): void {
    const nodeName = pod.nodeName ?? pinnedTo(pod.spec);
    this.claims.add(key, pod);
    if (nodeName !== undefined) this.request({ key, nodeName });
  }

  private request(place: Place): void {
    this.queue.request(`${place.key}@${place.nodeName}`, place);
  }

  private reconcile({ key, nodeName }: Place): void {
    const daemonSet = this.cluster.workloads.get(key);
    if (daemonSet?.kind !== 'DaemonSet') return;
    if (!this.claims.isEmpty) this.claims.settle(daemonSet);
    const pods = this.pods.of(key, nodeName).filter((pod) => !pod.isFinished || !pod.isTerminating);
    const node = this.cluster.nodes.get(nodeName);
    if (node) this.reconcileNode(daemonSet, node, pods);
    else this.delete(pods.filter((pod) => pod.nodeName === undefined));
  }

  private reconcileNode(daemonSet: DaemonSet, node: Node, pods: readonly Pod[]): void {
    const placement = daemonPlacement(daemonSet.template.spec, node);
    const present = allowsSurge(daemonSet) ? pods.filter((pod) => !pod.isTerminating) : pods;
    if (placement === 'none') this.delete(pods);
    else if (present.length > 0) this.prune(daemonSet, node, present);
    else if (placement === 'run') this.create(daemonSet, node);
  }

  private prune(daemonSet: DaemonSet, { name }: Node, pods: readonly Pod[]): void {
    const failed = pods.filter(({ phase, isTerminating }) => phase === 'Failed' && !isTerminating);
    if (failed.length > 0) this.deleteFailed({ key: workloadKey(daemonSet), nodeName: name }, failed);
    this.delete(pods.filter(({ phase }) => phase === 'Succeeded'));
    const running = pods.filter((pod) => !pod.isFinished && !pod.isTerminating);
    for (const group of this.rollout.groups(daemonSet, running)) this.delete(allButOldest(group));
  }

  private deleteFailed(place: Place, pods: readonly Pod[]): void {
    const name = `${place.key}@${place.nodeName}`;
    const end = this.failures.end(name, this.sim.now);
    if (end !== undefined) {
      this.queue.requestAt(name, place, end);
      return;
    }
    this.failures.next(name, this.sim.now);
    this.delete(pods);
  }

  private create(daemonSet: DaemonSet, { name }: Node): void {
    if (this.cluster.terminatingNamespaces.has(daemonSet.namespace)) return;
    const { affinity, tolerations, hostNetwork } = daemonSet.template.spec;
    const term = { matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }] } as const;
    const pinned: PodSpec['affinity'] = { ...affinity, node: { ...affinity.node, required: [term] } };
    this.factory.createNumbered(this.rollout.stamp(daemonSet), {
      affinity: pinned,
      tolerations: daemonTolerations(tolerations, hostNetwork),
    });
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

function isDaemonSet({ kind }: Workload): boolean {
  return kind === 'DaemonSet';
}

function allButOldest(pods: readonly Pod[]): readonly Pod[] {
  return [...pods].sort((a, b) => a.createdAt - b.createdAt).slice(1);
}
