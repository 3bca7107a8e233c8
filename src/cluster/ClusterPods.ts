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
import { BOUND, NOWHERE, OWNED, PodRows } from './PodRows.ts';
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
  /** Where pods can be bound to, by name of a node, with or without a Node object. They count up from 1; {@link NOWHERE} stands for none. */
  private readonly places = new Map<string, number>();
  /** The places that had a Node object; as long as there was none all pods were created where they are. */
  private readonly hadNode = new Set<number>();
  /** By place: the Node object that is there now. */
  private readonly nodes: (Node | undefined)[] = [undefined];
  /** By place: the pods that have not ended. */
  private readonly holding = new PodLists(this.rows, BOUND);
  /** By place. */
  private readonly finished = new PodLists(this.rows, BOUND);

  /** The pods of another cluster that are as these were given. */
  copy(): ClusterPods {
    const copy = new ClusterPods();
    copy.rows.takeOver(this.rows);
    copy.table.takeOver(this.table);
    copy.classes.takeOver(this.classes);
    copy.counts.takeOver(this.counts);
    for (const ownerKey of this.byOwner.keys()) copy.siblingsOf(ownerKey);
    for (const name of this.places.keys()) copy.placeNamed(name);
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

  /** Creates a pod of `podClass`, a pending one unless its state is given; undefined when one of that key exists. */
  create(podClass: PodClass, { key, hash, stem }: HashedKey, createdAt: Instant, state?: PodState): Pod | undefined {
    if (this.table.find(key, hash)) return undefined;
    const pod = new Pod(podClass, key, createdAt, state);
    pod.stem = stem;
    this.enter(pod, hash, this.created++);
    if (podClass.owner !== undefined) this.owned.add(this.siblings.of(podClass), pod.slot);
    return pod;
  }

  /** Whether the owner of `podClass` seems to have a pod of this key, as far as that can be told without putting the key together. */
  seemsOwned(podClass: PodClass, { hash }: HashedKey): boolean {
    return this.table.hasOneOf(this.owned, this.siblings.of(podClass), hash);
  }

  /**
   * Gives it pods, in the order in which they were created, before there are any. Those of one node lie side by side in all columns by slot:
   * what happens to a node happens to all of its pods.
   * @throws Error when two have one key.
   */
  give(descriptions: readonly PodDescription[]): void {
    const { length } = descriptions;
    const classes = descriptions.map((description) => this.classOf(description));
    const places = descriptions.map(({ nodeName }) => (nodeName === undefined ? NOWHERE : this.placeNamed(nodeName)));
    const order = placeByPlace(places, this.nodes.length);
    const slots = new Int32Array(length);
    const given = new GivenPods(descriptions, classes, order);
    this.rows.give(given);
    this.table.makeRoom(length);
    for (const [slot, index] of order.entries()) {
      slots[index] = slot;
      this.enterGiven(slot, given, places[index] ?? NOWHERE);
    }
    for (const [index, podClass] of classes.entries()) if (podClass.owner) this.owned.add(this.siblings.of(podClass), slots[index] ?? 0);
    this.slots = length;
    this.created = length;
  }

  /** Takes a pod out of every index; its slot stays taken until it is released. @returns the node it was bound to, if there is one. */
  remove(pod: Pod): Node | undefined {
    const { podClass } = pod;
    if (podClass.owner !== undefined) this.owned.delete(this.siblings.of(podClass), pod.slot);
    const place = this.take(pod);
    this.table.delete(pod.slot);
    pod.exists = false;
    this.counts.remove(podClass);
    return this.nodes[place];
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
    if (pod.exists) this.put(pod, this.placeFor(node));
  }

  /** Moves `pod` to another phase, and so perhaps from the pods that hold something on their node to those that do not. */
  setPhase(pod: Pod, phase: PodPhase): void {
    const wasFinished = pod.isFinished;
    pod.enter(phase);
    this.counts.forgetCensus();
    const place = pod.isFinished === wasFinished ? NOWHERE : this.whereIs(pod);
    if (place === NOWHERE) return;
    this.boundLike({ isFinished: wasFinished }).delete(place, pod.slot);
    this.boundLike(pod).add(place, pod.slot);
  }

  /** Sets the Ready condition of `pod` at `at`. */
  setReady(pod: Pod, ready: boolean, at: Instant): void {
    pod.ready = ready;
    pod.readySince = at;
    this.counts.forgetCensus();
  }

  /** Gives `pod` a deletion timestamp, or another one: it serves no more. */
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
    for (const [name, place] of this.places)
      if (!this.nodes[place] && this.holding.sizeOf(place) + this.finished.sizeOf(place) > 0) missing.push(name);
    return missing;
  }

  nodeOf(pod: Pod): Node | undefined {
    return this.nodes[this.whereIs(pod)];
  }

  /** Where `pod` is bound to, by number of the name of a node. */
  placeOf({ slot }: Pod): number {
    return this.rows.hostOf(slot);
  }

  /** The pods that have ended on the node `nodeName`, in the order in which they did. */
  finishedOn(nodeName: string): PodsInOrder {
    return new PodList(this.finished, this.places.get(nodeName) ?? NOWHERE);
  }

  /** All pods bound to the node `nodeName`, in order of creation. */
  on(nodeName: string): readonly Pod[] {
    const holding = new PodList(this.holding, this.places.get(nodeName) ?? NOWHERE);
    return [...holding, ...this.finishedOn(nodeName)].sort((a, b) => a.createdAs - b.createdAs);
  }

  /** The list of the pods that hold something on the node `nodeName`, whether there is a Node object or not. */
  holdingOn(nodeName: string): PodsBySlot {
    return new PodList(this.holding, this.placeNamed(nodeName));
  }

  /** Takes note of the Node object for the pods that are bound to its name. They go by their creation now: those of another one went by their binding. */
  addNode(node: Node): void {
    const place = this.placeNamed(node.name);
    this.nodes[place] = node;
    node.place = place;
    if (!this.hadNode.has(place)) {
      this.hadNode.add(place);
      return;
    }
    const pods = [...node.pods].sort((a, b) => a.createdAs - b.createdAs);
    for (const { slot } of pods) this.holding.delete(place, slot);
    for (const { slot } of pods) this.holding.add(place, slot);
  }

  removeNode({ name }: Node): void {
    this.nodes[this.placeNamed(name)] = undefined;
  }

  /** Takes a given pod into every index but that by owner. */
  private enterGiven(slot: number, given: GivenPods, place: number): void {
    const pod = given.lookAt(slot);
    if (!pod) return;
    const hash = given.hashAt(slot);
    if (this.table.hasHash(hash) && this.table.find(given.keyAt(slot), hash)) throw new Error(`pod ${given.keyAt(slot)} exists already`);
    this.counts.add(pod.podClass);
    this.table.add(slot, hash);
    this.put(pod, place);
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
    this.put(pod, pod.nodeName === undefined ? NOWHERE : this.placeNamed(pod.nodeName));
  }

  private put(pod: Placed, place: number): void {
    this.rows.setHost(pod.slot, place);
    if (place !== NOWHERE) this.boundLike(pod).add(place, pod.slot);
  }

  /** @returns where it was. */
  private take(pod: Pod): number {
    const place = this.whereIs(pod);
    if (place === NOWHERE) return place;
    this.boundLike(pod).delete(place, pod.slot);
    this.rows.setHost(pod.slot, NOWHERE);
    return place;
  }

  /** The lists, by place, of pods that have ended as `pod` has, or have not as it has not. */
  private boundLike({ isFinished }: Pick<Pod, 'isFinished'>): PodLists {
    return isFinished ? this.finished : this.holding;
  }

  /** As `placeOf`, for pods that may be gone as well. */
  private whereIs({ exists, slot }: Pod): number {
    return exists ? this.rows.hostOf(slot) : NOWHERE;
  }

  private siblingsOf(ownerKey: string): number {
    const list = this.byOwner.get(ownerKey) ?? this.byOwner.size;
    this.byOwner.set(ownerKey, list);
    return list;
  }

  /** That of the name of `node`, which need not be the Node object that is there now. */
  private placeFor(node: Node): number {
    return this.nodes[node.place] === node ? node.place : this.placeNamed(node.name);
  }

  /** The place of the name of a node, which may be met for the first time. */
  private placeNamed(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.nodes.push(undefined) - 1;
    this.places.set(name, place);
    return place;
  }
}

/** What has to be known of a pod to put it in its place. */
type Placed = Pick<Pod, 'slot' | 'isFinished'>;

/** The indices of `places`, which are below `count`: place by place, those of one place in their order. */
function placeByPlace(places: readonly number[], count: number): Int32Array {
  const ends = new Int32Array(count);
  for (const place of places) ends[place] = (ends[place] ?? 0) + 1;
  for (let place = 1; place < count; place += 1) ends[place] = (ends[place] ?? 0) + (ends[place - 1] ?? 0);
  const indices = new Int32Array(places.length);
  for (let index = places.length - 1; index >= 0; index -= 1) {
    const place = places[index] ?? NOWHERE;
    const at = (ends[place] ?? 0) - 1;
    ends[place] = at;
    indices[at] = index;
  }
  return indices;
}
