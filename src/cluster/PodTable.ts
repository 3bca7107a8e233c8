import { type HashedKey, keyHash } from './keyHash.ts';
import type { Pod } from './Pod.ts';
import type { PodsInOrder } from './PodList.ts';
import { IN_ROW, NOBODY, NOWHERE, type PodRows, ROW } from './PodRows.ts';

/** The pods of a cluster by `namespace/name`. */
export interface PodsByKey extends PodsInOrder {
  get(key: string): Pod | undefined;
  has(key: string): boolean;
  /** Those that are there now, in order of creation. They are sorted again after every change: it is not for what happens often. */
  values(): readonly Pod[];
  /** Those of them that are bound to no node, in order of creation. They are looked for every time, in numbers that lie side by side. */
  unbound(): readonly Pod[];
}

/**
 * The pods of one cluster, found by key.
 *
 * A hash table of chains in the rows of the pods. It compares numbers, where a Map of strings reads a cold string for every pod that it passes:
 * that made up most of the cost of creating and of removing a pod.
 */
export class PodTable implements PodsByKey {
  private readonly rows: PodRows;
  /** How many are there. */
  size = 0;
  /** By creation; undefined when that has to be found out. */
  private inOrder: readonly Pod[] | undefined = undefined;
  /** By hash, cut to the length of the table, which is at least the number of pods: the slot of the first pod of a chain, plus 1; 0 for an empty one. */
  private heads = new Int32Array(FIRST_HEADS);

  constructor(rows: PodRows) {
    this.rows = rows;
  }

  get(key: string): Pod | undefined {
    return this.find(key, keyHash(key));
  }

  /** As `get`, for a key whose hash is known. */
  find(key: string, hash: number): Pod | undefined {
    const { pods, numbers } = this.rows;
    let slot = (this.heads[this.headOf(hash)] ?? 0) - 1;
    while (slot >= 0) {
      const pod = numbers[ROW * slot + IN_ROW.hash] === hash ? pods[slot] : undefined;
      if (pod?.key === key) return pod;
      slot = numbers[ROW * slot + IN_ROW.next] ?? NOBODY;
    }
    return undefined;
  }

  /**
   * Whether a pod of the owner `ownerKey` has this key, as far as that can be told without putting the key together: once in some billions
   * of times it is another key of the same hash and length.
   */
  seemsOwned(ownerKey: string, { hash, length }: HashedKey): boolean {
    const { pods, numbers } = this.rows;
    let slot = (this.heads[this.headOf(hash)] ?? 0) - 1;
    while (slot >= 0) {
      const pod = numbers[ROW * slot + IN_ROW.hash] === hash ? pods[slot] : undefined;
      if (pod?.key.length === length && pod.podClass.ownerKey === ownerKey) return true;
      slot = numbers[ROW * slot + IN_ROW.next] ?? NOBODY;
    }
    return false;
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

  unbound(): readonly Pod[] {
    const { pods, numbers } = this.rows;
    const unbound: Pod[] = [];
    for (let slot = 0; slot < pods.length; slot += 1) {
      const pod = numbers[ROW * slot + IN_ROW.place] === NOWHERE ? pods[slot] : undefined;
      if (pod?.exists) unbound.push(pod);
    }
    return inOrderOfCreation(unbound);
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return this.values()[Symbol.iterator]();
  }

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    if (pods <= this.heads.length) return;
    this.heads = new Int32Array(2 ** Math.ceil(Math.log2(pods)));
    for (const pod of this.rows.pods) if (pod?.exists) this.link(pod.slot);
  }

  /** Adds a pod that has a row, and whose key, which has this hash, nobody has. */
  add(pod: Pod, hash: number): void {
    const { slot } = pod;
    if (this.size === this.heads.length) this.makeRoom(2 * this.size);
    pod.exists = true;
    this.size += 1;
    this.inOrder = undefined;
    this.rows.numbers[ROW * slot + IN_ROW.hash] = hash;
    this.link(slot);
  }

  /** Takes out a pod. */
  delete(pod: Pod): void {
    const { heads } = this;
    const { numbers } = this.rows;
    const { slot } = pod;
    pod.exists = false;
    this.size -= 1;
    this.inOrder = undefined;
    const next = numbers[ROW * slot + IN_ROW.next] ?? NOBODY;
    const head = this.headOf(numbers[ROW * slot + IN_ROW.hash] ?? 0);
    let at = (heads[head] ?? 0) - 1;
    if (at === slot) {
      heads[head] = next + 1;
      return;
    }
    while (numbers[ROW * at + IN_ROW.next] !== slot) at = numbers[ROW * at + IN_ROW.next] ?? NOBODY;
    numbers[ROW * at + IN_ROW.next] = next;
  }

  /** Takes over a list of all pods that are there, in order of creation. */
  putInOrder(pods: readonly Pod[]): void {
    this.inOrder = pods;
  }

  private sorted(): readonly Pod[] {
    const pods: Pod[] = [];
    for (const pod of this.rows.pods) if (pod?.exists) pods.push(pod);
    return inOrderOfCreation(pods);
  }

  private headOf(hash: number): number {
    return hash & (this.heads.length - 1);
  }

  private link(slot: number): void {
    const { heads } = this;
    const { numbers } = this.rows;
    const head = this.headOf(numbers[ROW * slot + IN_ROW.hash] ?? 0);
    numbers[ROW * slot + IN_ROW.next] = (heads[head] ?? 0) - 1;
    heads[head] = slot + 1;
  }
}

function inOrderOfCreation(pods: Pod[]): readonly Pod[] {
  return pods.sort((a, b) => a.createdAs - b.createdAs);
}

/** A power of two. */
const FIRST_HEADS = 64;
