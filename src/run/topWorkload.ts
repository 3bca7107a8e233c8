import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';
import { ClassTable, type PodClass } from '../cluster/PodClass.ts';
import { workloadKey } from '../cluster/Workload.ts';

/**
 * The object a person thinks of when a pod is gone: its Deployment rather than the ReplicaSet. A bare or static pod stands for itself (kind
 * `Pod`).
 */
export interface WorkloadName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Follows the controllers of `pod` up to the last one. An owner that the cluster does not hold is named as the pod names it. */
export function topWorkload(cluster: Cluster, pod: Pod): WorkloadName {
  return topOfClass(cluster, pod.podClass) ?? { kind: 'Pod', namespace: pod.namespace, name: pod.name };
}

/** The top workload of all pods of a class; undefined where each of them is its own. */
export function topOfClass(cluster: Cluster, { namespace, owner, ownerKey = '' }: PodClass): WorkloadName | undefined {
  if (!owner || owner.kind === 'Node') return undefined;
  const parent = cluster.workloads.get(ownerKey)?.owner;
  return parent ? { kind: parent.kind, namespace, name: parent.name } : { kind: owner.kind, namespace, name: owner.name };
}

/** Keys (`Kind/namespace/name`) of the top workloads of pods, worked out once for each class of pods until a workload changes. */
export class TopWorkloads {
  private readonly cluster: Cluster;
  private readonly keys: ClassTable<string>;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.keys = new ClassTable((podClass) => {
      const top = topOfClass(cluster, podClass);
      return top ? workloadKey(top) : '';
    });
    const forget = () => this.keys.clear();
    cluster.subscribe({ on: { workloadAdded: forget, workloadUpdated: forget, workloadRemoved: forget } });
  }

  keyOf(pod: Pod): string {
    return this.keys.of(pod.podClass) || workloadKey(topWorkload(this.cluster, pod));
  }
}
