import type { Pod } from './Pod.ts';

/**
 * What a cluster keeps of each pod by its slot: the pod, and a row of whole numbers about its place in table and lists. They are side by
 * side because a pod that comes, is bound, or goes needs all of them: that is one line of memory then and not one for each column.
 */
export class PodRows {
  /** undefined where nobody is. */
  readonly pods: (Pod | undefined)[] = [];
  /** {@link ROW} numbers a slot, at the places that {@link IN_ROW} gives them. */
  numbers = new Int32Array(FIRST_SLOTS * ROW);

  /** Has room for `pods` pods from now on. */
  makeRoom(pods: number): void {
    if (pods * ROW <= this.numbers.length) return;
    const numbers = new Int32Array(pods * ROW);
    numbers.set(this.numbers);
    this.numbers = numbers;
    this.pods.length = pods;
  }

  /** Gives `pod` the row of its slot, with what is left in it of another pod. */
  put(pod: Pod): void {
    const { slot } = pod;
    if (slot * ROW >= this.numbers.length) this.makeRoom(Math.ceil(1.25 * slot) + FIRST_SLOTS);
    this.pods[slot] = pod;
  }

  /** Takes over the numbers of `others`, with copies of its pods, which must be as they were given. */
  takeOver({ pods, numbers }: PodRows): void {
    this.numbers = numbers.slice();
    this.pods.length = pods.length;
    for (let slot = 0; slot < pods.length; slot += 1) {
      const pod = pods[slot];
      if (pod) this.pods[slot] = pod.copyOfGiven();
    }
  }
}

/** How many numbers a row has: a quarter of a line of memory. */
export const ROW = 4;

/** Where in a row what is. */
export const IN_ROW = {
  /** The hash of its key. */
  hash: 0,
  /** Its place in the list of its owner's pods. */
  owned: 1,
  /** Its place in the list of the pods on its node. */
  bound: 2,
  /** Where it is bound, see {@link ClusterPods}; {@link NOWHERE} stands for no node. */
  place: 3,
} as const;

/** No slot. */
export const NOBODY = -1;

/** The place of a pod that is bound to no node. */
export const NOWHERE = 0;

const FIRST_SLOTS = 64;
