import type { Pod } from './Pod.ts';

/** Pods in order of entry. */
export interface PodsInOrder extends Iterable<Pod> {
  readonly size: number;
  /** Calls `visit` for each of them; the cheapest way through many. It must change neither these pods nor their order. */
  forEach(visit: (pod: Pod) => void): void;
}

export const NO_PODS: PodsInOrder = new Set<Pod>();

/**
 * Pods of a cluster in order of entry. Who goes through them while they change meets those that enter and misses those that leave, as with
 * a Set.
 *
 * A list is linked in columns by slot that it shares with others, see {@link PodLinks}: entering and leaving costs a few numbers, where a
 * Set hashes the pod, grows, and is rebuilt again and again.
 */
export class PodList implements PodsInOrder {
  size = 0;
  private readonly links: PodLinks;
  private first = NOBODY;
  private last = NOBODY;

  constructor(links: PodLinks) {
    this.links = links;
  }

  /** Adds a pod that is in no list of these links, at the end. */
  add({ slot }: Pod): void {
    const { links, last } = this;
    if (2 * slot >= links.neighbours.length) links.makeRoom(Math.ceil(1.25 * slot) + FIRST_SLOTS);
    const { neighbours } = links;
    neighbours[2 * slot] = last;
    neighbours[2 * slot + 1] = NOBODY;
    if (last === NOBODY) this.first = slot;
    else neighbours[2 * last + 1] = slot;
    this.last = slot;
    this.size += 1;
    for (const walk of links.walks) if (walk.list === this && walk.at === NOBODY) walk.at = slot;
  }

  /** Takes out a pod that is in this list. */
  delete({ slot }: Pod): void {
    const { links } = this;
    const { neighbours } = links;
    const previous = neighbours[2 * slot] ?? NOBODY;
    const next = neighbours[2 * slot + 1] ?? NOBODY;
    if (previous === NOBODY) this.first = next;
    else neighbours[2 * previous + 1] = next;
    if (next === NOBODY) this.last = previous;
    else neighbours[2 * next] = previous;
    this.size -= 1;
    for (const walk of links.walks) if (walk.at === slot) walk.at = next;
  }

  forEach(visit: (pod: Pod) => void): void {
    const { pods, neighbours } = this.links;
    let pod = pods[this.first];
    while (pod) {
      visit(pod);
      pod = pods[neighbours[2 * pod.slot + 1] ?? NOBODY];
    }
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return new Walk(this, this.links, this.first);
  }
}

/** What links pods into lists, of which each pod is in at most one. */
export class PodLinks {
  /** By slot, two numbers each: the slots of the pods before and after, {@link NOBODY} at an end. */
  neighbours = new Int32Array(2 * FIRST_SLOTS);
  /** Everyone who is going through a list. */
  readonly walks: Walk[] = [];
  readonly pods: readonly (Pod | undefined)[];

  /** `pods` by slot, as the cluster keeps them. */
  constructor(pods: readonly (Pod | undefined)[]) {
    this.pods = pods;
  }

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    if (2 * pods <= this.neighbours.length) return;
    const neighbours = new Int32Array(2 * pods);
    neighbours.set(this.neighbours);
    this.neighbours = neighbours;
  }
}

/** Someone's way through a list. */
class Walk implements IterableIterator<Pod> {
  readonly list: PodList;
  /** The slot of the pod that comes next. */
  at: number;
  private readonly links: PodLinks;

  constructor(list: PodList, links: PodLinks, at: number) {
    this.list = list;
    this.links = links;
    this.at = at;
    links.walks.push(this);
  }

  next(): IteratorResult<Pod, undefined> {
    const { links, at } = this;
    const value = links.pods[at];
    if (!value) return this.return();
    this.at = links.neighbours[2 * at + 1] ?? NOBODY;
    return { done: false, value };
  }

  return(): IteratorReturnResult<undefined> {
    const { walks } = this.links;
    const place = walks.indexOf(this);
    if (place >= 0) walks.splice(place, 1);
    this.at = NOBODY;
    return END;
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** No slot. */
const NOBODY = -1;
const FIRST_SLOTS = 64;
const END: IteratorReturnResult<undefined> = { done: true, value: undefined };
