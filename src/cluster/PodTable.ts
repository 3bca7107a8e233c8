import { keyHash } from './keyHash.ts';
import type { Pod } from './Pod.ts';
import type { PodsInOrder } from './PodList.ts';
import type { PodLists } from './PodLists.ts';
import type { PodRows } from './PodRows.ts';

/** The pods of a cluster by `namespace/name`. */
export interface PodsByKey extends PodsInOrder {
  get(key: string): Pod | undefined;
  has(key: string): boolean;
  /** The pods that exist now, in order of creation. Sorted again after every change, so not for frequent use. */
  values(): readonly Pod[];
  /** The pod that has `slot` now, or had it last. */
  at(slot: number): Pod | undefined;
}

/**
 * The pods of one cluster, found by key.
 *
 * An open hash table in one column: a search goes on from place to place up to a free one, mostly within one cache line. It compares
 * numbers, where a Map of strings reads a string that is not in the cache for every pod it passes; that was most of the cost of creating
 * and removing a pod.
 */
export class PodTable implements PodsByKey {
  private readonly rows: PodRows;
  /** How many are there. */
  size = 0;
  /** By creation; undefined when that has to be found out. */
  private inOrder: readonly Pod[] | undefined = undefined;
  /**
   * Two numbers per place: at even indices the hash of a key, after it the slot of its pod plus 1, or 0 where the place is free. At least
   * half of the places are free.
   */
  private entries = new Int32Array(2 * FIRST_PLACES);

  constructor(rows: PodRows) {
    this.rows = rows;
  }

  get(key: string): Pod | undefined {
    return this.find(key, keyHash(key));
  }

  /** As `get`, for a key whose hash is known. */
  find(key: string, hash: number): Pod | undefined {
    const { entries, rows } = this;
    for (let at = placeOf(hash, entries); entries[at | 1] !== 0; at = placeAfter(at, entries)) {
      const pod = entries[at] === hash ? rows.at((entries[at | 1] ?? 0) - 1) : undefined;
      if (pod?.key === key) return pod;
    }
    return undefined;
  }

  /** Whether one of the pods of a list has a key with this hash. Except for once in some billions of times it is the same key. */
  hasOneOf(lists: PodLists, list: number, hash: number): boolean {
    const { entries } = this;
    for (let at = placeOf(hash, entries); entries[at | 1] !== 0; at = placeAfter(at, entries)) {
      if (entries[at] === hash && lists.has(list, (entries[at | 1] ?? 0) - 1)) return true;
    }
    return false;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  forEach(visit: (pod: Pod, slot: number) => void): void {
    for (const pod of this.values()) visit(pod, pod.slot);
  }

  values(): readonly Pod[] {
    this.inOrder ??= this.sorted();
    return this.inOrder;
  }

  at(slot: number): Pod | undefined {
    return this.rows.at(slot);
  }

  [Symbol.iterator](): IterableIterator<Pod> {
    return this.values()[Symbol.iterator]();
  }

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    const { entries } = this;
    if (4 * pods <= entries.length) return;
    this.entries = new Int32Array(2 * 2 ** Math.ceil(Math.log2(2 * pods)));
    for (let at = 0; at < entries.length; at += 2) {
      const slotPlusOne = entries[at | 1] ?? 0;
      if (slotPlusOne !== 0) enter(entries[at] ?? 0, slotPlusOne, this.entries);
    }
  }

  /** Whether the key of some pod has this hash, which nearly always means that it is the key that was hashed. */
  hasHash(hash: number): boolean {
    const { entries } = this;
    let at = placeOf(hash, entries);
    while (entries[at | 1] !== 0 && entries[at] !== hash) at = placeAfter(at, entries);
    return entries[at | 1] !== 0;
  }

  /** Adds the pod in `slot`, which has a row and whose key has this hash. No other pod may have that key. */
  add(slot: number, hash: number): void {
    if (4 * this.size >= this.entries.length) this.makeRoom(2 * this.size);
    this.size += 1;
    this.inOrder = undefined;
    this.rows.setHash(slot, hash);
    enter(hash, slot + 1, this.entries);
  }

  /** Takes out the pod in `slot`. */
  delete(slot: number): void {
    const { entries } = this;
    this.size -= 1;
    this.inOrder = undefined;
    let at = placeOf(this.rows.hashOf(slot), entries);
    while (entries[at | 1] !== slot + 1) at = placeAfter(at, entries);
    closeGap(at, entries);
  }

  /** Takes over the entries of `other`, whose rows these are a copy of. */
  takeOver({ entries, size }: PodTable): void {
    this.entries = entries.slice();
    this.size = size;
    this.inOrder = undefined;
  }

  private sorted(): readonly Pod[] {
    const pods: Pod[] = [];
    for (let slot = 0; slot < this.rows.end; slot += 1) {
      const pod = this.rows.at(slot);
      if (pod?.exists) pods.push(pod);
    }
    const hasNoneGone = pods.every(({ createdAs }) => createdAs < pods.length);
    return hasNoneGone ? inPlaces(pods) : pods.sort((a, b) => a.createdAs - b.createdAs);
  }
}

/** Places at the start, a power of two. */
const FIRST_PLACES = 128;

/** Where the search for a hash begins. */
function placeOf(hash: number, entries: Int32Array): number {
  return (hash << 1) & (entries.length - 1);
}

function placeAfter(at: number, entries: Int32Array): number {
  return (at + 2) & (entries.length - 1);
}

/** Writes an entry where the search for it will end. */
function enter(hash: number, slotPlusOne: number, entries: Int32Array): void {
  let at = placeOf(hash, entries);
  while (entries[at | 1] !== 0) at = placeAfter(at, entries);
  entries[at] = hash;
  entries[at | 1] = slotPlusOne;
}

/** Frees a place, and moves up those behind it that a search would miss now. */
function closeGap(place: number, entries: Int32Array): void {
  let gap = place;
  for (let at = placeAfter(gap, entries); entries[at | 1] !== 0; at = placeAfter(at, entries)) {
    const hash = entries[at] ?? 0;
    if (distance(placeOf(hash, entries), at, entries) < distance(gap, at, entries)) continue;
    entries[gap] = hash;
    entries[gap | 1] = entries[at | 1] ?? 0;
    gap = at;
  }
  entries[gap | 1] = 0;
}

/** How far a search goes from one place to another. */
function distance(from: number, to: number, entries: Int32Array): number {
  return (to - from) & (entries.length - 1);
}

/** `pods`, each at the index of its order of creation, so that none need be compared; other indices are empty. */
function inPlaces(pods: readonly Pod[]): readonly Pod[] {
  const inOrder = new Array<Pod>(pods.length);
  for (const pod of pods) inOrder[pod.createdAs] = pod;
  return inOrder;
}
