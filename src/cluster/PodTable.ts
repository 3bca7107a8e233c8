import type { Pod } from './Pod.ts';
import type { PodsInOrder } from './PodList.ts';

/** The pods of a cluster by `namespace/name`. */
export interface PodsByKey extends PodsInOrder {
  get(key: string): Pod | undefined;
  has(key: string): boolean;
  /** Those that are there now, in order of creation. They are sorted again after every change: it is not for what happens often. */
  values(): readonly Pod[];
}

/**
 * The pods of one cluster, found by key or by slot.
 *
 * A hash table of chains in columns by slot. It compares numbers, where a Map of strings reads a cold string for every pod that it passes:
 * that made up most of the cost of creating and of removing a pod.
 */
export class PodTable implements PodsByKey {
  private readonly pods: (Pod | undefined)[] = [];
  /** How many are there. */
  size = 0;
  /** By creation; undefined when that has to be found out. */
  private inOrder: readonly Pod[] | undefined = undefined;
  /** By hash, cut to the length of the table, which is at least that of the column: the slot of the first pod of a chain, plus 1; 0 for an empty one. */
  private heads = new Int32Array(FIRST_HEADS);
  /** By slot, two numbers each: the slot of the next pod in its chain, plus 1, 0 at the end; and its hash. */
  private links = new Int32Array(0);

  /** By slot, with undefined where nobody is. */
  get bySlot(): readonly (Pod | undefined)[] {
    return this.pods;
  }

  get(key: string): Pod | undefined {
    return this.find(key, keyHash(key));
  }

  /** As `get`, for a key whose hash is known. */
  find(key: string, hash: number): Pod | undefined {
    const { links } = this;
    for (let at = this.heads[this.headOf(hash)] ?? 0; at > 0; at = links[2 * at - 2] ?? 0) {
      if (links[2 * at - 1] !== hash) continue;
      const pod = this.pods[at - 1];
      if (pod?.key === key) return pod;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  forEach(visit: (pod: Pod) => void): void {
    for (const pod of this.values()) visit(pod);
  }

  values(): readonly Pod[] {
    this.inOrder ??= this.sorted();
    return this.inOrder;
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return this.values()[Symbol.iterator]();
  }

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    while (this.pods.length < pods) this.pods.push(undefined);
    if (2 * pods > this.links.length) {
      const links = new Int32Array(2 * pods);
      links.set(this.links);
      this.links = links;
    }
    if (pods <= this.heads.length) return;
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(pods)));
    for (const pod of this.pods) if (pod?.exists) this.link(pod.slot);
  }

  /** Adds a pod whose key, which has this hash, and whose slot nobody has. */
  add(pod: Pod, hash: number): void {
    const { slot } = pod;
    if (2 * slot >= this.links.length) this.makeRoom(Math.ceil(1.25 * slot) + FIRST_HEADS);
    this.pods[slot] = pod;
    pod.exists = true;
    this.size += 1;
    this.inOrder = undefined;
    this.links[2 * slot + 1] = hash;
    this.link(slot);
  }

  /** Takes out a pod; its slot is that of the pod until it is vacated. */
  delete(pod: Pod): void {
    const { heads, links } = this;
    const { slot } = pod;
    pod.exists = false;
    this.size -= 1;
    this.inOrder = undefined;
    const next = links[2 * slot] ?? 0;
    const head = this.headOf(links[2 * slot + 1] ?? 0);
    let at = heads[head] ?? 0;
    if (at === slot + 1) {
      heads[head] = next;
      return;
    }
    while (links[2 * at - 2] !== slot + 1) at = links[2 * at - 2] ?? 0;
    links[2 * at - 2] = next;
  }

  vacate({ slot }: Pod): void {
    this.pods[slot] = undefined;
  }

  /** Takes over a list of all pods that are there, in order of creation. */
  putInOrder(pods: readonly Pod[]): void {
    this.inOrder = pods;
  }

  private sorted(): readonly Pod[] {
    const pods: Pod[] = [];
    for (const pod of this.pods) if (pod?.exists) pods.push(pod);
    return pods.sort((a, b) => a.createdAs - b.createdAs);
  }

  private headOf(hash: number): number {
    return hash & (this.heads.length - 1);
  }

  private link(slot: number): void {
    const head = this.headOf(this.links[2 * slot + 1] ?? 0);
    this.links[2 * slot] = this.heads[head] ?? 0;
    this.heads[head] = slot + 1;
  }
}

/** A power of two. */
const FIRST_HEADS = 64;

/** FNV-1a, with its high bits brought down. Reading its characters leaves a string that was added up in one piece. */
export function keyHash(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
