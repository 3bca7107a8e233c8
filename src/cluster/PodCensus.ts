import type { PodLook } from './GivenPods.ts';
import type { PodClass } from './PodClass.ts';
import type { PodRows } from './PodRows.ts';

/** What the pods of one class come to. */
export interface ClassTally {
  readonly podClass: PodClass;
  /** How many have not finished. */
  readonly present: number;
  /** The order number of the first of them to be created; beyond all others if there are none. */
  readonly first: number;
  /** How many have neither finished nor been asked to go. */
  readonly active: number;
  /** How many are Ready and not terminating. */
  readonly serving: number;
}

/**
 * A snapshot of all pods of a cluster as columns of numbers, for whoever starts to keep account of them and would otherwise have to fetch
 * every pod from memory. Immutable, and valid for copies of these pods as well.
 */
export class PodCensus {
  /** The totals of every class that has pods, in order of the classes' numbers. */
  readonly tallies: readonly ClassTally[];
  /** The slots of the pods that do not simply run on a node: not yet started, finished or terminating. In order of creation. */
  readonly restless: readonly number[];
  /** One more than the highest slot. */
  readonly end: number;
  /** By slot: the number of the class and the marks below; 0 for a free slot. */
  private readonly entries: Int32Array;
  /** By number; undefined where one has no pods. */
  private readonly classes: (PodClass | undefined)[] = [];

  constructor(rows: PodRows) {
    const tallies: Tally[] = [];
    const restless: PodLook[] = [];
    this.end = rows.end;
    this.entries = new Int32Array(rows.end);
    for (let at = 0; at < rows.end; at += 1) {
      const pod = rows.lookAt(at);
      if (!pod?.exists) continue;
      const { podClass, slot } = pod;
      this.entries[slot] = entryOf(pod);
      const tally = tallies[podClass.id] ?? { podClass, present: 0, first: Number.POSITIVE_INFINITY, active: 0, serving: 0 };
      tallies[podClass.id] = tally;
      count(pod, tally);
      if (pod.phase !== 'Running' || pod.isTerminating || pod.nodeName === undefined) restless.push(pod);
    }
    // `filter` passes over the numbers of classes without pods.
    this.tallies = tallies.filter(() => true);
    for (const { podClass } of this.tallies) this.classes[podClass.id] = podClass;
    this.restless = restless.sort((a, b) => a.createdAs - b.createdAs).map(({ slot }) => slot);
  }

  /** The class of the pod in `slot`; undefined for a free slot. */
  classAt(slot: number): PodClass | undefined {
    const entry = this.entries[slot] ?? 0;
    return entry === 0 ? undefined : this.classes[entry >> BITS];
  }

  isFinished(slot: number): boolean {
    return ((this.entries[slot] ?? 0) & FINISHED) !== 0;
  }

  isTerminating(slot: number): boolean {
    return ((this.entries[slot] ?? 0) & TERMINATING) !== 0;
  }

  /** Whether the pod in `slot` is Ready and not terminating. */
  isServing(slot: number): boolean {
    return ((this.entries[slot] ?? 0) & SERVING) !== 0;
  }
}

type Tally = { -readonly [Figure in keyof ClassTally]: ClassTally[Figure] };

const SOMEBODY = 1;
const FINISHED = 2;
const TERMINATING = 4;
const SERVING = 8;
const BITS = 4;

function entryOf({ podClass, isFinished, isTerminating, isServing }: PodLook): number {
  return (podClass.id << BITS) | SOMEBODY | (isFinished ? FINISHED : 0) | (isTerminating ? TERMINATING : 0) | (isServing ? SERVING : 0);
}

function count({ createdAs, isFinished, isTerminating, isServing }: PodLook, tally: Tally): void {
  if (!isFinished) {
    tally.present += 1;
    tally.first = Math.min(tally.first, createdAs);
    if (!isTerminating) tally.active += 1;
  }
  if (isServing) tally.serving += 1;
}
