import type { Pod } from './Pod.ts';

/**
 * What a cluster keeps of each pod by its slot: the pod, and a row of whole numbers about its place in table and lists. They are side by
 * side because a pod that comes, is bound, or goes needs all of them: that is one line of memory then and not one for each column.
 */
export class PodRows {
  /** Undefined where nobody is, and where nobody has asked yet for the copy of a given pod. */
  private readonly pods: (Pod | undefined)[] = [];
  /** By slot: those of other rows that are to be copied when somebody asks for them. */
  private given: readonly (Pod | undefined)[] = [];
  /**
   * Four numbers a slot, a quarter of a line of memory: the hash of the key of its pod, the places of that in two lists, and where it is
   * bound. They are found by shifts, which cannot overflow and so need no checks.
   */
  private numbers = new Int32Array(FIRST_SLOTS << 2);

  /** One more than the highest slot that has a row. */
  get end(): number {
    return this.pods.length;
  }

  /** The pod that has `slot` now, or had it last. */
  at(slot: number): Pod | undefined {
    return this.pods[slot] ?? this.copyGiven(slot);
  }

  /** As `at`, to be looked at and no more: it may be the given pod of which none has asked for the copy. */
  lookAt(slot: number): Readonly<Pod> | undefined {
    return this.pods[slot] ?? this.given[slot];
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

  /** Where the pod in `slot` is bound, see {@link ClusterPods}; {@link NOWHERE} stands for no node. */
  hostOf(slot: number): number {
    return this.numbers[(slot << 2) | 3] ?? NOWHERE;
  }

  setHost(slot: number, place: number): void {
    this.numbers[(slot << 2) | 3] = place;
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

  /** Takes over the numbers of `others`. Its pods, which must stay as they were given, are copied one by one when they are asked for. */
  takeOver({ pods, numbers }: PodRows): void {
    this.numbers = numbers.slice();
    this.given = pods;
    this.pods.length = pods.length;
  }

  private copyGiven(slot: number): Pod | undefined {
    const copy = this.given[slot]?.copyOfGiven();
    if (copy) this.pods[slot] = copy;
    return copy;
  }
}

/** Lists of which each pod is in at most one: those of the pods of an owner, and those of the pods on a node. It is their place in a row. */
export type ListSort = typeof OWNED | typeof BOUND;
export const OWNED = 1;
export const BOUND = 2;

/** No slot. */
export const NOBODY = -1;

/** The place of a pod that is bound to no node. */
export const NOWHERE = 0;

const FIRST_SLOTS = 64;
