import type { Instant } from '../units.ts';
import type { ChangeKind, ChangeOf, ClusterChange, ClusterListener, StorageObject } from './ClusterChange.ts';
import type { Service } from './ClusterObjects.ts';
import type { ClusterOptions } from './ClusterOptions.ts';
import { ClusterPods } from './ClusterPods.ts';
import { ClusterState } from './ClusterState.ts';
import { DisruptionBudget, type DisruptionBudgetDescription, type NewBudgetStatus } from './DisruptionBudget.ts';
import { FrequentNews } from './FrequentNews.ts';
import { type HashedKey, hashed } from './keyHash.ts';
import { Listeners, onEvery, type Tell } from './Listeners.ts';
import { Node, type NodeDescription, type NodeState } from './Node.ts';
import type { OwnerReference } from './OwnerReference.ts';
import { givenBoundAt, type Pod, type PodDescription, type PodPhase, podKey, type Termination } from './Pod.ts';
import type { PodClass, PodTraits } from './PodClass.ts';
import type { Stored } from './Storage.ts';
import { cordonTaints } from './Taint.ts';
import { Terminations } from './Terminations.ts';
import { type Workload, workloadKey } from './Workload.ts';

/**
 * A live cluster: what the API server holds, without time, and the only place where it changes.
 *
 * Every change is told to the listeners at once, in the order in which they subscribed.
 */
export class Cluster extends ClusterState {
  /** Of the pods that are deleted here. */
  readonly terminations = new Terminations();
  private readonly listeners = new Listeners();
  /** The change that listeners are being told of. */
  private telling: ClusterChange | undefined = undefined;
  private readonly news = new FrequentNews();
  private readonly cordonTaint: NonNullable<ClusterOptions['cordonTaint']>;
  private budgetsCreated = 0;

  /** `pods` are there from the start. */
  constructor({ cordonTaint = 'atOnce' }: ClusterOptions = {}, pods = new ClusterPods()) {
    super(pods);
    this.cordonTaint = cordonTaint;
  }

  /** Tells `listener` of changes from now on, of all of them if it is a mere function. */
  subscribe(listener: ClusterListener | ((change: ClusterChange) => void)): void {
    this.listeners.add(typeof listener === 'function' ? { on: onEvery(listener) } : listener);
  }

  /** Tells `listener` of the changes that it hears when alert, from the next change on. It need not have subscribed yet. */
  alert(listener: ClusterListener): void {
    this.listeners.alert(listener);
  }

  /** Tells `listener` only of what it always hears: it is no longer alert. */
  calm(listener: ClusterListener): void {
    this.listeners.calm(listener);
  }

  addNode(description: NodeDescription): Node {
    const node = new Node(description, this.podIndex.holdingOn(description.name));
    this.nodes.set(node.name, node);
    this.podIndex.addNode(node);
    this.tell(this.listeners.all.nodeAdded, { kind: 'nodeAdded', node });
    return node;
  }

  /** Changes fields of `node`; nothing is told if all are as before. */
  updateNode(node: Node, change: Partial<NodeState>): void {
    const before = node.become(change);
    if (before) this.tell(this.listeners.all.nodeUpdated, { kind: 'nodeUpdated', node, before });
  }

  /** Sets the volumes that `node` lists as attached or in use. Nothing is told if both sets are the same objects as before. */
  setNodeVolumes(node: Node, change: Partial<Pick<Node, 'volumesAttached' | 'volumesInUse'>>): void {
    const { volumesAttached = node.volumesAttached, volumesInUse = node.volumesInUse } = change;
    if (volumesAttached === node.volumesAttached && volumesInUse === node.volumesInUse) return;
    Object.assign(node, { volumesAttached, volumesInUse });
    this.tell(this.listeners.all.nodeVolumesChanged, { kind: 'nodeVolumesChanged', node });
  }

  /** Marks `node` unschedulable and adds the taint of the node lifecycle controller, unless a simulated controller does that. */
  cordon(node: Node): void {
    if (!node.unschedulable) this.turnSchedulability(node);
  }

  /** Takes back what `cordon` did. */
  uncordon(node: Node): void {
    if (node.unschedulable) this.turnSchedulability(node);
  }

  /** Removes the Node object; pods bound to it stay until someone removes them. */
  removeNode(node: Node): void {
    if (!this.nodes.delete(node.name)) return;
    this.podIndex.removeNode(node);
    this.tell(this.listeners.all.nodeRemoved, { kind: 'nodeRemoved', node });
  }

  /** The class of pods with `traits`; the same one for the same traits. */
  podClassOf(traits: PodTraits): PodClass {
    return this.podIndex.classOf(traits);
  }

  /** Creates a pod. @throws Error when a pod of that namespace and name exists. */
  addPod(description: PodDescription): Pod {
    const key = podKey(description);
    const pod = this.podIndex.create(this.podIndex.classOf(description), hashed(key), description.createdAt, description);
    if (!pod) throw new Error(`pod ${key} exists already`);
    pod.boundAt = givenBoundAt(description);
    this.tellAdded(pod);
    this.tell(this.listeners.ofPod(pod).podGiven, this.news.podGiven.of(pod, undefined));
    return pod;
  }

  /**
   * Creates a pending pod. Does nothing and returns undefined if a pod with that key (`namespace/name`, in the namespace of its class)
   * exists.
   */
  createPod(podClass: PodClass, key: HashedKey, createdAt: Instant): Pod | undefined {
    const pod = this.podIndex.create(podClass, key, createdAt);
    if (pod) this.tellAdded(pod);
    return pod;
  }

  /** As `createPod`, for keys that are tried one after the other. Once in some billions of times it takes a free key for a used one. */
  createSibling(podClass: PodClass, key: HashedKey, createdAt: Instant): Pod | undefined {
    return this.podIndex.seemsOwned(podClass, key) ? undefined : this.createPod(podClass, key, createdAt);
  }

  /** Binds a pending pod to `node`, as the scheduler's Binding does. */
  bindPod(pod: Pod, node: Node, at: Instant): void {
    this.podIndex.bind(pod, node);
    pod.boundAt = at;
    this.tell(this.listeners.ofPod(pod).podBound, this.news.podBound.of(pod, node));
  }

  /** Sets or clears the node that a preempting pod waits for. */
  nominatePod(pod: Pod, nodeName: string | undefined): void {
    if (pod.nominatedNodeName === nodeName) return;
    const before = pod.nominatedNodeName;
    pod.nominatedNodeName = nodeName;
    this.tell(this.listeners.ofPod(pod).podNominated, { kind: 'podNominated', pod, node: undefined, before });
  }

  /** Moves `pod` to `phase`; a finished pod gives back what it holds on its node. */
  setPodPhase(pod: Pod, phase: PodPhase): void {
    const before = pod.phase;
    if (before === phase) return;
    this.podIndex.setPhase(pod, phase);
    const told = this.listeners.ofPod(pod);
    if (phase === 'Running') this.tell(told.podRunning, this.news.podRunning.of(pod, undefined));
    else this.tell(told.podPhaseChanged, { kind: 'podPhaseChanged', pod, node: undefined, before });
  }

  /** Fails `pod` as its kubelet does that ended it for this reason; its object stays. */
  failKilled(pod: Pod, reason: NonNullable<Pod['killedFor']>): void {
    pod.killedFor = reason;
    this.setPodPhase(pod, 'Failed');
  }

  /** Makes `pod` Ready from `at` on; nothing is told when it is already. */
  markPodReady(pod: Pod, at: Instant): void {
    if (!pod.ready) this.turnReadiness(pod, at);
  }

  /** Makes `pod` not Ready from `at` on; nothing is told when it is not. */
  markPodUnready(pod: Pod, at: Instant): void {
    if (pod.ready) this.turnReadiness(pod, at);
  }

  /** Changes labels, annotations or spec of `pod` in place (gates removed, tolerations added, labels edited). */
  updatePod(pod: Pod, change: Partial<Pick<Pod, 'labels' | 'annotations' | 'spec'>>): void {
    const before = pod.podClass;
    this.podIndex.change(pod, change);
    this.tell(this.listeners.ofPod(pod).podUpdated, { kind: 'podUpdated', pod, node: undefined, before });
  }

  /**
   * Makes `owner` the controller of `pod`, or nobody: controllers adopt pods that their selectors match and release those that they no
   * longer match.
   */
  setPodOwner(pod: Pod, owner: OwnerReference | undefined): void {
    const before = pod.podClass;
    if (before.owner === owner) return;
    this.podIndex.setOwner(pod, owner);
    this.tell(this.listeners.ofPod(pod).podOwnerChanged, { kind: 'podOwnerChanged', pod, node: undefined, before });
  }

  /**
   * Sets the deletion timestamp, or changes the grace period or the cause of a deletion in progress. For a finished pod such a change is
   * not told.
   */
  terminatePod(pod: Pod, termination: Termination): void {
    const before = pod.termination;
    if (before?.gracePeriodSeconds === termination.gracePeriodSeconds && before.cause === termination.cause) return;
    this.podIndex.terminate(pod, termination);
    const told = this.listeners.ofPod(pod).podTerminating;
    if (!before) this.tell(told, this.news.podTerminating.of(pod, undefined));
    else if (!pod.isFinished) this.tell(told, { kind: 'podTerminating', pod, node: undefined, before });
  }

  /** Takes off `pod` the finalizer of its Job, which has counted its end: an object without a grace period goes. */
  countPod(pod: Pod): void {
    pod.isCounted = true;
    if (pod.termination?.gracePeriodSeconds === 0) this.removePod(pod);
  }

  /** Removes the pod object; what it held is free. */
  removePod(pod: Pod): void {
    if (!pod.exists) return;
    const node = this.podIndex.remove(pod);
    const told = this.listeners.ofPod(pod);
    this.tell(told.podRemoved, this.news.podRemoved.of(pod, node));
    if (!pod.isTerminating) this.tell(told.podLost, this.news.podLost.of(pod, undefined));
    if (this.podCounts.of(pod.podClass) === 0) this.tell(told.podClassEnded, this.news.podClassEnded.of(pod, undefined));
    this.podIndex.releaseSlot(pod);
  }

  addWorkload(workload: Workload): void {
    this.workloads.set(workloadKey(workload), workload);
    this.tell(this.listeners.all.workloadAdded, { kind: 'workloadAdded', workload });
  }

  /** Puts `workload` in the place of the one with the same kind, namespace and name. */
  updateWorkload(workload: Workload): void {
    const before = this.workloads.get(workloadKey(workload));
    if (!before) throw new Error(`workload ${workloadKey(workload)} does not exist`);
    this.workloads.set(workloadKey(workload), workload);
    this.tell(this.listeners.all.workloadUpdated, { kind: 'workloadUpdated', workload, before });
  }

  removeWorkload(workload: Workload): void {
    if (this.workloads.delete(workloadKey(workload))) this.tell(this.listeners.all.workloadRemoved, { kind: 'workloadRemoved', workload });
  }

  addBudget(description: DisruptionBudgetDescription): DisruptionBudget {
    const budget = new DisruptionBudget(description, this.budgetsCreated++);
    this.budgets.set(budget.key, budget);
    this.budgetIndex.add(budget);
    this.tell(this.listeners.all.budgetAdded, { kind: 'budgetAdded', budget });
    return budget;
  }

  /** Replaces the spec of `budget`. */
  updateBudget(budget: DisruptionBudget, description: DisruptionBudgetDescription): void {
    this.budgetIndex.remove(budget);
    budget.describe(description);
    this.budgetIndex.add(budget);
    this.tell(this.listeners.all.budgetUpdated, { kind: 'budgetUpdated', budget });
  }

  /** Writes the status of `budget`, as the disruption controller does. */
  setBudgetStatus(budget: DisruptionBudget, status: NewBudgetStatus): void {
    const { desiredHealthy } = budget.status;
    budget.status.become(status);
    this.tell(this.listeners.all.budgetStatusChanged, this.news.budgetStatusChanged.of(budget));
    if (status.desiredHealthy === desiredHealthy) return;
    this.tell(this.listeners.all.budgetFloorChanged, { kind: 'budgetFloorChanged', budget });
  }

  /** Takes one of the disruptions that `budget` allows for the eviction of `pod`, which was accepted now. */
  chargeBudget(budget: DisruptionBudget, pod: Pod, now: Instant): void {
    budget.status.charge(pod, now);
    this.tell(this.listeners.all.budgetCharged, this.news.budgetCharged.of(budget));
  }

  removeBudget(budget: DisruptionBudget): void {
    if (!this.budgets.delete(budget.key)) return;
    this.budgetIndex.remove(budget);
    this.tell(this.listeners.all.budgetRemoved, { kind: 'budgetRemoved', budget });
  }

  /** Adds a Service, or puts it in the place of the one with its namespace and name. */
  addService(service: Service): void {
    const key = `${service.namespace}/${service.name}`;
    const before = this.services.get(key);
    if (before) this.serviceIndex.remove(before);
    this.services.set(key, service);
    this.serviceIndex.add(service);
    this.tell(this.listeners.all.serviceChanged, { kind: 'serviceChanged', namespace: service.namespace, name: service.name });
  }

  /** Adds or replaces a storage object under `name` (claims: `namespace/name`). */
  putStorage<K extends StorageObject>(object: K, name: string, value: Stored<K>): void {
    const store = this.storage[object] as Map<string, Stored<K>>;
    const verb = store.has(name) ? 'updated' : 'added';
    store.set(name, value);
    this.tell(this.listeners.all.storageChanged, { kind: 'storageChanged', object, name, verb });
  }

  removeStorage(object: StorageObject, name: string): void {
    if (this.storage[object].delete(name))
      this.tell(this.listeners.all.storageChanged, { kind: 'storageChanged', object, name, verb: 'removed' });
  }

  /** Tells of a Kubernetes event about `object`, such as `Pod/default/db-0`. */
  recordEvent(object: string, reason: string, message: string): void {
    this.tell(this.listeners.all.eventRecorded, { kind: 'eventRecorded', object, reason, message });
  }

  private tellAdded(pod: Pod): void {
    const told = this.listeners.ofPod(pod);
    this.tell(told.podAdded, this.news.podAdded.of(pod, undefined));
    if (this.podCounts.of(pod.podClass) === 1) this.tell(told.podClassBegun, this.news.podClassBegun.of(pod, undefined));
  }

  private turnReadiness(pod: Pod, at: Instant): void {
    this.podIndex.turnReadiness(pod, at);
    this.tell(this.listeners.ofPod(pod).podReadyChanged, this.news.podReadyChanged.of(pod, undefined));
  }

  private turnSchedulability(node: Node): void {
    const unschedulable = !node.unschedulable;
    const taints = this.cordonTaint === 'later' ? node.taints : cordonTaints(node.taints, unschedulable);
    this.updateNode(node, { unschedulable, taints });
  }

  /**
   * Tells a change to those who listen for its kind.
   * @throws Error when a listener changes the cluster, because the others would hear of the two changes in the wrong order.
   */
  private tell<Kind extends ChangeKind>(told: readonly Tell<Kind>[], change: ChangeOf<Kind>): void {
    if (this.telling) throw new Error(`a listener that was told of ${this.telling.kind} changed the cluster: ${change.kind}`);
    this.telling = change;
    for (let i = 0; i < told.length; i += 1) told[i]?.(change);
    this.telling = undefined;
  }
}
