import type { Instant } from '../units.ts';
import type { Node } from './Node.ts';
import { Pod, type PodDescription, type PodPhase, type PodState } from './Pod.ts';
import { ClassTable, type PodClass, PodClasses, type PodTraits } from './PodClass.ts';
import { NO_PODS, PodLinks, PodList, type PodsInOrder } from './PodList.ts';
import { keyHash, type PodsByKey, PodTable } from './PodTable.ts';

/** The pods of one cluster, found by name, by owner and by node. */
export class ClusterPods {
  private readonly table = new PodTable();
  readonly byKey: PodsByKey = this.table;
  private readonly classes = new PodClasses();
  private readonly freeSlots: number[] = [];
  private slots = 0;
  private created = 0;
  private readonly owned = new PodLinks(this.table.bySlot);
  private readonly byOwner = new Map<string, PodList>();
  private readonly siblings = new ClassTable(({ ownerKey = '' }) => this.siblingsOf(ownerKey));
  private readonly bound = new PodLinks(this.table.bySlot);
  private readonly hosts = new Map<string, Host>();
  private readonly hostByPlace: Host[] = [];
  /** By slot: where the pod is bound. */
  private readonly hostBySlot: (Host | undefined)[] = [];

  classOf(traits: PodTraits): PodClass {
    return this.classes.of(traits);
  }

  /** Creates a pod of `podClass`, a pending one unless its state is given; undefined when one of that key exists. */
  create(podClass: PodClass, key: string, createdAt: Instant, state?: PodState): Pod | undefined {
    const hash = keyHash(key);
    if (this.table.find(key, hash)) return undefined;
    const pod = this.make(podClass, key, createdAt, state);
    this.add(pod, hash);
    return pod;
  }

  /**
   * Creates many pods in the order given. Those of one node lie side by side in memory and in all columns by slot: what happens to a node
   * happens to all of its pods.
   * @throws Error when two have one key, or one exists.
   */
  createAll(descriptions: readonly PodDescription[]): readonly Pod[] {
    this.makeRoom(this.slots + descriptions.length);
    const pods = this.makeNodeByNode(descriptions);
    for (const pod of pods) {
      const hash = keyHash(pod.key);
      if (this.table.find(pod.key, hash)) throw new Error(`pod ${pod.key} exists already`);
      this.add(pod, hash);
    }
    if (this.table.size === pods.length) this.table.putInOrder(pods);
    return pods;
  }

  /** Takes a pod out of every index; its slot stays taken until it is released. @returns the node it was bound to, if there is one. */
  remove(pod: Pod): Node | undefined {
    if (pod.owner) this.siblings.of(pod.podClass).delete(pod);
    const host = this.take(pod);
    this.table.delete(pod);
    return host?.node;
  }

  /** Gives the slot of a removed pod to the next one that is created. */
  releaseSlot(pod: Pod): void {
    this.table.vacate(pod);
    this.freeSlots.push(pod.slot);
  }

  /** Changes what `pod` shares with others, its owner excepted. */
  change(pod: Pod, { labels = pod.labels, annotations = pod.annotations, spec = pod.spec }: Partial<PodTraits>): void {
    const { namespace, owner } = pod;
    pod.podClass = this.classes.of({ namespace, labels, annotations, owner, spec });
  }

  /** Takes the owner off `pod`. */
  disown(pod: Pod): void {
    this.siblings.of(pod.podClass).delete(pod);
    const { namespace, labels, annotations, spec } = pod;
    pod.podClass = this.classes.of({ namespace, labels, annotations, owner: undefined, spec });
  }

  /** Binds `pod` to a node. */
  bind(pod: Pod, node: Node): void {
    this.take(pod);
    pod.nodeName = node.name;
    if (pod.exists) this.put(pod, this.hostFor(node));
  }

  /** Moves `pod` to another phase, and so perhaps from the pods that hold something on their node to those that do not. */
  setPhase(pod: Pod, phase: PodPhase): void {
    const wasFinished = pod.isFinished;
    pod.phase = phase;
    const host = this.hostOf(pod);
    if (pod.isFinished === wasFinished || !host) return;
    const { holding, finished } = host;
    if (wasFinished) finished.delete(pod);
    else holding.delete(pod);
    listOn(host, pod).add(pod);
  }

  /** The pods whose controller is `ownerKey`, in order of creation. */
  ownedBy(ownerKey: string): PodsInOrder {
    return this.byOwner.get(ownerKey) ?? NO_PODS;
  }

  nodeOf(pod: Pod): Node | undefined {
    return this.hostOf(pod)?.node;
  }

  /** The pods that have ended on the node `nodeName`, in the order in which they did. */
  finishedOn(nodeName: string): PodsInOrder {
    return this.hosts.get(nodeName)?.finished ?? NO_PODS;
  }

  /** All pods bound to the node `nodeName`, in order of creation. */
  on(nodeName: string): readonly Pod[] {
    const host = this.hosts.get(nodeName);
    return host ? [...host.holding, ...host.finished].sort((a, b) => a.createdAs - b.createdAs) : [];
  }

  /** The list of the pods that hold something on the node `nodeName`, whether there is a Node object or not. */
  holdingOn(nodeName: string): PodsInOrder {
    return this.hostNamed(nodeName).holding;
  }

  /** Takes note of the Node object for the pods that are bound to its name. They go by their creation now: those of another one went by their binding. */
  addNode(node: Node): void {
    const host = this.hostNamed(node.name);
    host.node = node;
    node.place = host.place;
    const pods = [...host.holding].sort((a, b) => a.createdAs - b.createdAs);
    for (const pod of pods) host.holding.delete(pod);
    for (const pod of pods) host.holding.add(pod);
  }

  removeNode({ name }: Node): void {
    this.hostNamed(name).node = undefined;
  }

  /** Slots are not taken in order when many pods are created: columns must have them all before. */
  private makeRoom(pods: number): void {
    for (const part of [this.table, this.owned, this.bound]) part.makeRoom(pods);
    while (this.hostBySlot.length < pods) this.hostBySlot.push(undefined);
  }

  private make(podClass: PodClass, key: string, createdAt: Instant, state?: PodState): Pod {
    const pod = new Pod(podClass, key, createdAt, state);
    pod.slot = this.freeSlots.pop() ?? this.slots++;
    return pod;
  }

  /** The pods of `descriptions`, in that order, made one node after the other. */
  private makeNodeByNode(descriptions: readonly PodDescription[]): readonly Pod[] {
    const classes = descriptions.map((description) => this.classOf(description));
    const pods = new Array<Pod>(descriptions.length);
    for (const indices of byNode(descriptions).values())
      for (const index of indices) {
        const description = descriptions[index];
        const podClass = classes[index];
        if (description && podClass) pods[index] = this.make(podClass, podKey(description), description.createdAt, description);
      }
    return pods;
  }

  private add(pod: Pod, hash: number): void {
    pod.createdAs = this.created++;
    this.table.add(pod, hash);
    if (pod.owner) this.siblings.of(pod.podClass).add(pod);
    this.put(pod, pod.nodeName === undefined ? undefined : this.hostNamed(pod.nodeName));
  }

  private put(pod: Pod, host: Host | undefined): void {
    this.hostBySlot[pod.slot] = host;
    if (host) listOn(host, pod).add(pod);
  }

  private take(pod: Pod): Host | undefined {
    const host = this.hostOf(pod);
    if (!host) return undefined;
    listOn(host, pod).delete(pod);
    this.hostBySlot[pod.slot] = undefined;
    return host;
  }

  private hostOf({ exists, slot }: Pod): Host | undefined {
    return exists ? this.hostBySlot[slot] : undefined;
  }

  private siblingsOf(ownerKey: string): PodList {
    const known = this.byOwner.get(ownerKey);
    if (known) return known;
    const pods = new PodList(this.owned);
    this.byOwner.set(ownerKey, pods);
    return pods;
  }

  /** That of the name of `node`, which need not be the Node object that is there now. */
  private hostFor(node: Node): Host {
    const host = this.hostByPlace[node.place];
    return host?.node === node ? host : this.hostNamed(node.name);
  }

  private hostNamed(name: string): Host {
    const known = this.hosts.get(name);
    if (known) return known;
    const place = this.hostByPlace.length;
    const host: Host = { place, node: undefined, holding: new PodList(this.bound), finished: new PodList(this.bound) };
    this.hosts.set(name, host);
    this.hostByPlace.push(host);
    return host;
  }
}

/** Where pods are bound to: the name of a node, with or without a Node object. */
interface Host {
  /** Counts up from 0. */
  readonly place: number;
  node: Node | undefined;
  /** Pods that have not ended. */
  readonly holding: PodList;
  readonly finished: PodList;
}

/** The indices of the pods on each node, nodes by their first pod. */
function byNode(pods: readonly PodDescription[]): ReadonlyMap<string | undefined, readonly number[]> {
  const indicesOn = new Map<string | undefined, number[]>();
  for (let index = 0; index < pods.length; index += 1) {
    const nodeName = pods[index]?.nodeName;
    const indices = indicesOn.get(nodeName);
    if (indices) indices.push(index);
    else indicesOn.set(nodeName, [index]);
  }
  return indicesOn;
}

/** `namespace/name`, as people write it. */
export function podKey({ namespace, name }: Pick<PodDescription, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

function listOn({ holding, finished }: Host, { isFinished }: Pod): PodList {
  return isFinished ? finished : holding;
}
