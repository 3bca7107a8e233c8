import type { Cluster } from '../cluster/Cluster.ts';
import type { ChangeHandlers } from '../cluster/ClusterChange.ts';
import type { Pod } from '../cluster/Pod.ts';

const NOWHERE: readonly string[] = [];

/**
 * Pending pods by the node that they were nominated to after preemption.
 * @see kubernetes/kubernetes pkg/scheduler/backend/queue/nominator.go
 */
export class NominatedPods {
  readonly on = {
    podAdded: ({ pod }) => this.put(pod),
    podNominated: ({ pod }) => this.put(pod),
    podBound: ({ pod }) => this.remove(pod),
    podPhaseChanged: ({ pod }) => {
      if (pod.isFinished) this.remove(pod);
    },
    podRemoved: ({ pod }) => this.remove(pod),
  } satisfies ChangeHandlers;
  private readonly byNode = new Map<string, Set<Pod>>();
  private readonly nodes = new Map<Pod, string>();

  constructor(cluster: Cluster) {
    for (const pod of cluster.podCounts.restless()) this.put(pod);
  }

  /** Whether no pod is nominated to any node. */
  get isEmpty(): boolean {
    return this.nodes.size === 0;
  }

  /** Pods nominated to `nodeName`, in order of nomination. */
  to(nodeName: string): Iterable<Pod> {
    return this.byNode.get(nodeName) ?? [];
  }

  /** Pods nominated to `nodeName` whose claim `pod` has to respect: others of at least its priority. */
  respectedOn(nodeName: string, pod: Pod): Pod[] {
    return [...this.to(nodeName)].filter((other) => other !== pod && other.spec.priority >= pod.spec.priority);
  }

  /** Names of the nodes with a nominated pod that `pod` has to respect. */
  nodesRespectedBy(pod: Pod): readonly string[] {
    return this.isEmpty ? NOWHERE : [...this.byNode.keys()].filter((name) => this.respectedOn(name, pod).length > 0);
  }

  private put(pod: Pod): void {
    this.remove(pod);
    if (pod.nominatedNodeName === undefined || pod.nodeName !== undefined || pod.isFinished) return;
    const pods = this.byNode.get(pod.nominatedNodeName) ?? new Set();
    pods.add(pod);
    this.byNode.set(pod.nominatedNodeName, pods);
    this.nodes.set(pod, pod.nominatedNodeName);
  }

  private remove(pod: Pod): void {
    if (this.isEmpty) return;
    const node = this.nodes.get(pod);
    if (node === undefined) return;
    this.nodes.delete(pod);
    this.byNode.get(node)?.delete(pod);
    if (this.byNode.get(node)?.size === 0) this.byNode.delete(node);
  }
}
