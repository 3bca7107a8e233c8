import { type GivenPods, NOTHING_GIVEN, type PodLook } from './GivenPods.ts';
import type { Pod } from './Pod.ts';

/**
 * What a cluster keeps of each pod by slot: the pod, and a row of whole numbers with its place in the table and in lists. A row lies in one
 * cache line, because a pod that is created, bound or removed needs all of it; separate columns would take one line each.
 */
export class PodRows {
  /** undefined for a free slot, and for a given pod that has not become an object yet. */
  private readonly pods: (Pod | undefined)[] = [];
  private given: GivenPods = NOTHING_GIVEN;
  /**
   * Four numbers per slot, a quarter of a cache line: the hash of the pod's key, its places in two lists, and where it is bound. Shifts
   * find them: they cannot overflow, so they need no checks.
   */
  private numbers = new Int32Array(FIRST_SLOTS << 2);

  /** One more than the highest slot that has a row. */
  get end(): number {
    return this.pods.length;
  }

  /** The pod that has `slot` now, or had it last. */
  at(slot: number): Pod | undefined {
    return this.pods[slot] ?? this.makeGiven(slot);
  }

  /** What the pod is that has `slot` now, or had it last: none is made for that. */
  lookAt(slot: number): PodLook | undefined {
    return this.pods[slot] ?? this.given.lookAt(slot);
  }

  /** The hash of the key of the pod in `slot`. */
  hashOf(slot: number): number {
    return this.numbers[slot << 2] ?? 0;
  }

  setHash(slot: number, hash: number): void {
    this.numbers[slot << 2] = hash;
  }

  /** The place of the pod in `slot` in a list of one sort, if it is in one. */
  placeIn(sort: ListSort, slot: number): number {
    return this.numbers[(slot << 2) | sort] ?? NOBODY;
  }

  setPlaceIn(sort: ListSort, slot: number, place: number): void {
    this.numbers[(slot << 2) | sort] = place;
  }

  /** Where the pod in `slot` is bound: the number of the name of a node, see {@link ClusterPods}, or {@link NO_HOST}. */
  hostOf(slot: number): number {
    return this.numbers[(slot << 2) | 3] ?? NO_HOST;
  }

  setHost(slot: number, host: number): void {
    this.numbers[(slot << 2) | 3] = host;
  }

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    if (pods << 2 <= this.numbers.length) return;
    const numbers = new Int32Array(pods << 2);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.pods.length = pods;
  }

  /** Gives `pod` the row of its slot, with what is left in it of another pod. */
  put(pod: Pod): void {
    const { slot } = pod;
    if (slot << 2 >= this.numbers.length) this.makeRoom(Math.ceil(1.25 * slot) + FIRST_SLOTS);
    this.pods[slot] = pod;
  }

  /** Reserves the slots of `given` for these pods, whose numbers are to follow. No pod may have a row yet. */
  give(given: GivenPods): void {
    this.makeRoom(given.end);
    this.given = given;
    this.pods.length = given.end;
  }

  /** Copies the numbers of `others`, none of whose given pods may have changed. */
  takeOver({ given, numbers }: PodRows): void {
    this.numbers = numbers.slice();
    this.given = given;
    this.pods.length = given.end;
  }

  private makeGiven(slot: number): Pod | undefined {
    const pod = this.given.make(slot);
    if (pod) this.pods[slot] = pod;
    return pod;
  }
}

/**
 * Two families of lists, in each of which a pod is in at most one list: the pods of an owner, and the pods on a node. The value is the
 * place in a row.
 */
export type ListSort = typeof OWNED | typeof BOUND;
export const OWNED = 1;
export const BOUND = 2;

/** No slot. */
export const NOBODY = -1;

/** The host of a pod that is bound to no node. */
export const NO_HOST = 0;

const FIRST_SLOTS = 64;
