import type { Namespace, PriorityClass, Service } from './ClusterObjects.ts';
import type { ClusterPods } from './ClusterPods.ts';
import type { CronJob } from './CronJob.ts';
import type { DisruptionBudget } from './DisruptionBudget.ts';
import type { HorizontalPodAutoscaler } from './HorizontalPodAutoscaler.ts';
import type { Node } from './Node.ts';
import type { OwnerReference } from './OwnerReference.ts';
import { Pod } from './Pod.ts';
import type { PodClass } from './PodClass.ts';
import type { PodCounts } from './PodCounts.ts';
import type { PodsBySlot, PodsInOrder } from './PodList.ts';
import type { PodsByKey } from './PodTable.ts';
import { SelectorIndex } from './SelectorIndex.ts';
import { emptyStorage } from './Storage.ts';
import { type Workload, workloadKey } from './Workload.ts';

/**
 * The objects of a cluster and what can be asked of them; only {@link Cluster} changes them. Maps keep the order of creation.
 */
export class ClusterState {
  readonly nodes = new Map<string, Node>();
  readonly pods: PodsByKey;
  readonly podCounts: PodCounts;
  readonly workloads = new Map<string, Workload>();
  readonly cronJobs = new Map<string, CronJob>();
  readonly budgets = new Map<string, DisruptionBudget>();
  /** By `namespace/name`. */
  readonly autoscalers = new Map<string, HorizontalPodAutoscaler>();
  readonly services = new Map<string, Service>();
  readonly namespaces = new Map<string, Namespace>();
  /** Names of namespaces that are being deleted: the API server creates no object in them, and accepts no eviction either. */
  readonly terminatingNamespaces = new Set<string>();
  readonly priorityClasses = new Map<string, PriorityClass>();
  readonly storage = emptyStorage();
  protected readonly budgetIndex = new SelectorIndex<DisruptionBudget>();
  protected readonly serviceIndex = new SelectorIndex<Service>();
  protected readonly podIndex: ClusterPods;

  constructor(pods: ClusterPods) {
    this.podIndex = pods;
    this.pods = pods.byKey;
    this.podCounts = pods.counts;
  }

  /** The pods whose controller is `owner`, in order of creation; terminating and finished ones included. */
  podsOwnedBy(owner: { readonly kind: string; readonly namespace: string; readonly name: string }): PodsBySlot {
    return this.podIndex.ownedBy(workloadKey(owner));
  }

  /**
   * The pods of the classes for which `holds` is true, in order of creation. Asking for something that no pod has costs next to nothing.
   */
  podsOfClasses(holds: (podClass: PodClass) => boolean): readonly Pod[] {
    return this.podIndex.ofClasses(holds);
  }

  /** The names of nodes that pods are bound to and that have no Node object, in the order in which they were met. */
  missingNodes(): readonly string[] {
    return this.podIndex.missingNodes();
  }

  /** All pods bound to the node `nodeName`, whether there is a Node object or not, in order of creation. */
  podsOn(nodeName: string): readonly Pod[] {
    return this.podIndex.on(nodeName);
  }

  /** The pods bound to the node `nodeName` that have succeeded or failed; they hold nothing there any more. */
  finishedPodsOn(nodeName: string): PodsInOrder {
    return this.podIndex.finishedOn(nodeName);
  }

  /** The disruption budgets that select `pod` by its labels now, by name. */
  budgetsSelecting(pod: Pod): readonly DisruptionBudget[] {
    return this.budgetIndex.selecting(pod.podClass);
  }

  /** The disruption budgets that select pods of a class now, by name. */
  budgetsOfClass(podClass: PodClass): readonly DisruptionBudget[] {
    return this.budgetIndex.selecting(podClass);
  }

  /** The disruption budget that selects `pod`; null when there is none or several. */
  onlyBudgetOf(pod: Pod): DisruptionBudget | null {
    return this.budgetIndex.onlyOne(pod.podClass);
  }

  /** The Services that select pods of a class, by name. */
  servicesOfClass(podClass: PodClass): readonly Service[] {
    return this.serviceIndex.selecting(podClass);
  }

  /** The workload that owns `pod` or another workload of `namespace`, undefined when it is not in the cluster. */
  ownerOf(object: Pod | { readonly namespace: string; readonly owner: OwnerReference | undefined }): Workload | undefined {
    if (object instanceof Pod) return this.workloads.get(object.podClass.ownerKey ?? '');
    const { namespace, owner } = object;
    return owner && this.workloads.get(workloadKey({ kind: owner.kind, namespace, name: owner.name }));
  }

  /** The node that `pod` is bound to, undefined when one of the two is not in the cluster. */
  nodeOf(pod: Pod): Node | undefined {
    return this.podIndex.nodeOf(pod);
  }

  /**
   * The number of the name of the node that `pod`, which is in the cluster, is bound to. Numbers are small and are never given to another
   * name.
   */
  hostOf(pod: Pod): number {
    return this.podIndex.hostOf(pod);
  }
}
