import type { Instant } from '../units.ts';
import { GivenPods } from './GivenPods.ts';
import type { HashedKey } from './keyHash.ts';
import type { Node } from './Node.ts';
import type { OwnerReference } from './OwnerReference.ts';
import { Pod, type PodDescription, type PodPhase, type PodState, type Termination } from './Pod.ts';
import { ClassNumbers, ClassTable, type PodClass, PodClasses, type PodTraits } from './PodClass.ts';
import { ClassCounts } from './PodCounts.ts';
import { NO_PODS, PodList, type PodsBySlot, type PodsInOrder } from './PodList.ts';
import { PodLists } from './PodLists.ts';
import { BOUND, NO_HOST, OWNED, PodRows } from './PodRows.ts';
import { type PodsByKey, PodTable } from './PodTable.ts';

/** The pods of one cluster, found by name, by owner and by node. */
export class ClusterPods {
  private readonly rows = new PodRows();
  private readonly table = new PodTable(this.rows);
  readonly byKey: PodsByKey = this.table;
  private readonly classes = new PodClasses();
  readonly counts = new ClassCounts(this.rows);
  private readonly freeSlots: number[] = [];
  private slots = 0;
  private created = 0;
  private readonly owned = new PodLists(this.rows, OWNED);
  /** The numbers of those lists. */
  private readonly byOwner = new Map<string, number>();
  private readonly siblings = new ClassNumbers(({ ownerKey = '' }) => this.siblingsOf(ownerKey));
  /**
   * Numbers of the node names that pods are bound to, with or without a Node object. They count up from 1; {@link NO_HOST} means not bound.
   */
  private readonly hosts = new Map<string, number>();
  /** The hosts that have had a Node object. On a host that never had one, all pods were bound when they were created. */
  private readonly hadNode = new Set<number>();
  /** By host: the Node object that is there now. */
  private readonly nodes: (Node | undefined)[] = [undefined];
  /** By host: the pods that have not ended. */
  private readonly holding = new PodLists(this.rows, BOUND);
  /** By host. */
  private readonly finished = new PodLists(this.rows, BOUND);

  /** The pods of another cluster that are as these were given. */
  copy(): ClusterPods {
    const copy = new ClusterPods();
    copy.rows.takeOver(this.rows);
    copy.table.takeOver(this.table);
    copy.classes.takeOver(this.classes);
    copy.counts.takeOver(this.counts);
    for (const ownerKey of this.byOwner.keys()) copy.siblingsOf(ownerKey);
    for (const name of this.hosts.keys()) copy.hostNamed(name);
    copy.owned.takeOver(this.owned);
    copy.holding.takeOver(this.holding);
    copy.finished.takeOver(this.finished);
    copy.slots = this.slots;
    copy.created = this.created;
    return copy;
  }

  classOf(traits: PodTraits): PodClass {
    return this.classes.of(traits);
  }

  /** Creates a pod of `podClass`, pending unless its state is given; undefined when a pod with that key exists. */
  create(podClass: PodClass, { key, hash, stem }: HashedKey, createdAt: Instant, state?: PodState): Pod | undefined {
    if (this.table.find(key, hash)) return undefined;
    const pod = new Pod(podClass, key, createdAt, state);
    pod.stem = stem;
    this.enter(pod, hash, this.created++);
    if (podClass.owner !== undefined) this.owned.add(this.siblings.of(podClass), pod.slot);
    return pod;
  }

  /** Whether the owner of `podClass` seems to have a pod with this key, judged by the hash alone, without building the key's string. */
  seemsOwned(podClass: PodClass, { hash }: HashedKey): boolean {
    return this.table.hasOneOf(this.owned, this.siblings.of(podClass), hash);
  }

  /**
   * Adds the first pods of an empty cluster, in the order in which they were created. Pods of one node get neighbouring slots, because what
   * happens to a node happens to all of its pods.
   * @throws Error when two pods have the same key.
   */
  give(descriptions: readonly PodDescription[]): void {
    const { length } = descriptions;
    const classes = descriptions.map((description) => this.classOf(description));
    const hosts = descriptions.map(({ nodeName }) => (nodeName === undefined ? NO_HOST : this.hostNamed(nodeName)));
    const order = byHost(hosts, this.nodes.length);
    const slots = new Int32Array(length);
    const given = new GivenPods(descriptions, classes, order);
    this.rows.give(given);
    this.table.makeRoom(length);
    for (const [slot, index] of order.entries()) {
      slots[index] = slot;
      this.enterGiven(slot, given, hosts[index] ?? NO_HOST);
    }
    for (const [index, podClass] of classes.entries()) if (podClass.owner) this.owned.add(this.siblings.of(podClass), slots[index] ?? 0);
    this.slots = length;
    this.created = length;
  }

  /**
   * Removes a pod from every index; its slot stays taken until it is released.
   * @returns the node it was bound to, if that exists.
   */
  remove(pod: Pod): Node | undefined {
    const { podClass } = pod;
    if (podClass.owner !== undefined) this.owned.delete(this.siblings.of(podClass), pod.slot);
    const host = this.take(pod);
    this.table.delete(pod.slot);
    pod.exists = false;
    this.counts.remove(podClass);
    return this.nodes[host];
  }

  /** Gives the slot of a removed pod to the next one that is created. */
  releaseSlot(pod: Pod): void {
    this.freeSlots.push(pod.slot);
  }

  /** Changes what `pod` shares with others, its owner excepted. */
  change(pod: Pod, { labels = pod.labels, annotations = pod.annotations, spec = pod.spec }: Partial<PodTraits>): void {
    const { namespace, owner } = pod;
    this.move(pod, this.classes.of({ namespace, labels, annotations, owner, spec }));
  }

  /** Gives `pod` another owner, or none. */
  setOwner(pod: Pod, owner: OwnerReference | undefined): void {
    const { namespace, labels, annotations, spec } = pod;
    if (pod.owner) this.owned.delete(this.siblings.of(pod.podClass), pod.slot);
    this.move(pod, this.classes.of({ namespace, labels, annotations, owner, spec }));
    if (owner && pod.exists) this.owned.add(this.siblings.of(pod.podClass), pod.slot);
  }

  /** Binds `pod` to a node. */
  bind(pod: Pod, node: Node): void {
    if (pod.nodeName !== undefined) this.take(pod);
    pod.nodeName = node.name;
    if (pod.exists) this.put(pod, this.hostFor(node));
  }

  /** Changes the phase of `pod`. A pod that finishes, for instance, no longer counts among those that hold resources on their node. */
  setPhase(pod: Pod, phase: PodPhase): void {
    const wasFinished = pod.isFinished;
    pod.enter(phase);
    this.counts.forgetCensus();
    const host = pod.isFinished === wasFinished ? NO_HOST : this.hostOfAny(pod);
    if (host === NO_HOST) return;
    this.boundLike({ isFinished: wasFinished }).delete(host, pod.slot);
    this.boundLike(pod).add(host, pod.slot);
  }

  /** Turns the Ready condition of `pod` over at `at`. */
  turnReadiness(pod: Pod, at: Instant): void {
    pod.ready = !pod.ready;
    pod.readySince = at;
    this.counts.forgetCensus();
  }

  /** Gives `pod` its deletion timestamp, or another one; it no longer serves. */
  terminate(pod: Pod, termination: Termination): void {
    pod.termination = termination;
    this.counts.forgetCensus();
  }

  /** The pods whose controller is `ownerKey`, in order of creation; those that it has adopted come last. */
  ownedBy(ownerKey: string): PodsBySlot {
    const list = this.byOwner.get(ownerKey);
    return list === undefined ? NO_PODS : new PodList(this.owned, list);
  }

  /** The pods of the classes that `holds` is true of, in order of creation. */
  ofClasses(holds: (podClass: PodClass) => boolean): readonly Pod[] {
    if (!this.classes.some(holds)) return [];
    const isHeld = new ClassTable(holds);
    return this.table.values().filter(({ podClass }) => isHeld.of(podClass));
  }

  /** The names that pods are bound to without there being a Node object, in the order in which they were met. */
  missingNodes(): readonly string[] {
    const missing: string[] = [];
    for (const [name, host] of this.hosts)
      if (!this.nodes[host] && this.holding.sizeOf(host) + this.finished.sizeOf(host) > 0) missing.push(name);
    return missing;
  }

  nodeOf(pod: Pod): Node | undefined {
    return this.nodes[this.hostOfAny(pod)];
  }

  /** Where `pod` is bound: the number of the name of a node, or {@link NO_HOST}. */
  hostOf({ slot }: Pod): number {
    return this.rows.hostOf(slot);
  }

  /** The finished pods on the node `nodeName`, in the order in which they finished. */
  finishedOn(nodeName: string): PodsInOrder {
    return new PodList(this.finished, this.hosts.get(nodeName) ?? NO_HOST);
  }

  /** All pods bound to the node `nodeName`, in order of creation. */
  on(nodeName: string): readonly Pod[] {
    const holding = new PodList(this.holding, this.hosts.get(nodeName) ?? NO_HOST);
    return [...holding, ...this.finishedOn(nodeName)].sort((a, b) => a.createdAs - b.createdAs);
  }

  /** The list of the pods that hold something on the node `nodeName`, whether there is a Node object or not. */
  holdingOn(nodeName: string): PodsBySlot {
    return new PodList(this.holding, this.hostNamed(nodeName));
  }

  /**
   * Takes note of the Node object for the pods bound to its name. They are listed by creation from now on; while the object was missing
   * they were listed by binding.
   */
  addNode(node: Node): void {
    const host = this.hostNamed(node.name);
    this.nodes[host] = node;
    node.host = host;
    if (!this.hadNode.has(host)) {
      this.hadNode.add(host);
      return;
    }
    const pods = [...node.pods].sort((a, b) => a.createdAs - b.createdAs);
    for (const { slot } of pods) this.holding.delete(host, slot);
    for (const { slot } of pods) this.holding.add(host, slot);
  }

  removeNode({ name }: Node): void {
    this.nodes[this.hostNamed(name)] = undefined;
  }

  /** Takes a given pod into every index but that by owner. */
  private enterGiven(slot: number, given: GivenPods, host: number): void {
    const pod = given.lookAt(slot);
    if (!pod) return;
    const hash = given.hashAt(slot);
    if (this.table.hasHash(hash) && this.table.find(given.keyAt(slot), hash)) throw new Error(`pod ${given.keyAt(slot)} exists already`);
    this.counts.add(pod.podClass);
    this.table.add(slot, hash);
    this.put(pod, host);
  }

  /** Moves `pod` to another class. */
  private move(pod: Pod, podClass: PodClass): void {
    if (pod.exists) {
      this.counts.remove(pod.podClass);
      this.counts.add(podClass);
    }
    pod.podClass = podClass;
  }

  /** Takes a new pod into every index but that by owner. */
  private enter(pod: Pod, hash: number, createdAs: number): void {
    pod.createdAs = createdAs;
    this.counts.add(pod.podClass);
    pod.slot = this.freeSlots.pop() ?? this.slots++;
    pod.exists = true;
    this.rows.put(pod);
    this.table.add(pod.slot, hash);
    this.put(pod, pod.nodeName === undefined ? NO_HOST : this.hostNamed(pod.nodeName));
  }

  private put(pod: Guest, host: number): void {
    this.rows.setHost(pod.slot, host);
    if (host !== NO_HOST) this.boundLike(pod).add(host, pod.slot);
  }

  /** @returns where it was. */
  private take(pod: Pod): number {
    const host = this.hostOfAny(pod);
    if (host === NO_HOST) return host;
    this.boundLike(pod).delete(host, pod.slot);
    this.rows.setHost(pod.slot, NO_HOST);
    return host;
  }

  /** The lists by host that `pod` belongs to: those of finished pods or those of pods that have not finished. */
  private boundLike({ isFinished }: Pick<Pod, 'isFinished'>): PodLists {
    return isFinished ? this.finished : this.holding;
  }

  /** As `hostOf`, for pods that may be gone as well. */
  private hostOfAny({ exists, slot }: Pod): number {
    return exists ? this.rows.hostOf(slot) : NO_HOST;
  }

  private siblingsOf(ownerKey: string): number {
    const list = this.byOwner.get(ownerKey) ?? this.byOwner.size;
    this.byOwner.set(ownerKey, list);
    return list;
  }

  /** The host of the name of `node`, which need not be the current Node object of that name. */
  private hostFor(node: Node): number {
    return this.nodes[node.host] === node ? node.host : this.hostNamed(node.name);
  }

  /** The host of that name, which may be met for the first time. */
  private hostNamed(name: string): number {
    const known = this.hosts.get(name);
    if (known !== undefined) return known;
    const host = this.nodes.push(undefined) - 1;
    this.hosts.set(name, host);
    return host;
  }
}

/** What has to be known of a pod to put it on its host. */
type Guest = Pick<Pod, 'slot' | 'isFinished'>;

/** The indices of `hosts`, whose values are below `count`, sorted by host and stable within one host. */
function byHost(hosts: readonly number[], count: number): Int32Array {
  const ends = new Int32Array(count);
  for (const host of hosts) ends[host] = (ends[host] ?? 0) + 1;
  for (let host = 1; host < count; host += 1) ends[host] = (ends[host] ?? 0) + (ends[host - 1] ?? 0);
  const indices = new Int32Array(hosts.length);
  for (let index = hosts.length - 1; index >= 0; index -= 1) {
    const host = hosts[index] ?? NO_HOST;
    const at = (ends[host] ?? 0) - 1;
    ends[host] = at;
    indices[at] = index;
  }
  return indices;
}
