import type { Pod } from './Pod.ts';
import { lengthened, PodLinks, PodList, type PodsInOrder } from './PodList.ts';

/** The pods of a cluster by `namespace/name`, in order of creation. */
export interface PodsByKey extends PodsInOrder {
  get(key: string): Pod | undefined;
  has(key: string): boolean;
  values(): IterableIterator<Pod>;
}

/**
 * The pods of one cluster, found by key or by slot.
 *
 * A hash table of chains in columns by slot. It compares numbers, where a Map of strings reads a cold string for every pod that it passes:
 * that made up most of the cost of creating and of removing a pod.
 */
export class PodTable implements PodsByKey {
  private readonly pods: (Pod | undefined)[] = [];
  private readonly list = new PodList(new PodLinks(this.pods));
  /** By hash, cut to the length of the table: the slot of the first pod of a chain, plus 1; 0 for an empty one. */
  private heads = new Int32Array(FIRST_HEADS);
  /** By slot: that of the next pod in its chain, plus 1; 0 at the end. */
  private chain = new Int32Array(0);
  /** By slot. */
  private hashes = new Int32Array(0);

  get size(): number {
    return this.list.size;
  }

  /** By slot, those that are vacant among them. */
  get bySlot(): readonly (Pod | undefined)[] {
    return this.pods;
  }

  get(key: string): Pod | undefined {
    return this.find(key, keyHash(key));
  }

  /** As `get`, for a key whose hash is known. */
  find(key: string, hash: number): Pod | undefined {
    for (let at = this.heads[this.headOf(hash)] ?? 0; at > 0; at = this.chain[at - 1] ?? 0) {
      if (this.hashes[at - 1] !== hash) continue;
      const pod = this.pods[at - 1];
      if (pod?.key === key) return pod;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  values(): IterableIterator<Pod> {
    return this.list[Symbol.iterator]();
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return this.values();
  }

  /** Adds a pod whose key, which has this hash, and whose slot nobody has. */
  add(pod: Pod, hash: number): void {
    const { slot } = pod;
    this.makeRoom(slot);
    this.pods[slot] = pod;
    this.list.add(pod);
    this.hashes[slot] = hash;
    this.link(slot);
  }

  /** Takes out a pod; its slot is that of the pod until it is vacated. */
  delete(pod: Pod): void {
    const { slot } = pod;
    this.list.delete(pod);
    const next = this.chain[slot] ?? 0;
    const head = this.headOf(this.hashes[slot] ?? 0);
    if (this.heads[head] === slot + 1) {
      this.heads[head] = next;
      return;
    }
    let before = (this.heads[head] ?? 0) - 1;
    while (this.chain[before] !== slot + 1) before = (this.chain[before] ?? 0) - 1;
    this.chain[before] = next;
  }

  vacate({ slot }: Pod): void {
    this.pods[slot] = undefined;
  }

  private headOf(hash: number): number {
    return hash & (this.heads.length - 1);
  }

  private link(slot: number): void {
    const head = this.headOf(this.hashes[slot] ?? 0);
    this.chain[slot] = this.heads[head] ?? 0;
    this.heads[head] = slot + 1;
  }

  private makeRoom(slot: number): void {
    if (slot >= this.chain.length) {
      const slots = Math.ceil(1.25 * slot) + FIRST_HEADS;
      this.chain = lengthened(this.chain, slots);
      this.hashes = lengthened(this.hashes, slots);
    }
    if (this.list.size < this.heads.length) return;
    this.heads = new Int32Array(2 * this.heads.length);
    for (const pod of this.list) this.link(pod.slot);
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
