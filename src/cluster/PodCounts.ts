import type { PodClass } from './PodClass.ts';
import type { PodRows } from './PodRows.ts';

/** How many pods of each class a cluster has. */
export interface PodCounts {
  of(podClass: PodClass): number;
  /**
   * What the pods of every class come to that has some, in order of the classes' numbers. It is worked out anew after every change of a pod:
   * for whoever begins to count by himself, and need not look at every pod then.
   */
  tallies(): readonly ClassTally[];
}

/** What the pods of one class come to. */
export interface ClassTally {
  readonly podClass: PodClass;
  /** How many have neither finished nor been asked to go. */
  readonly active: number;
  /** How many are Ready and not terminating. */
  readonly serving: number;
}

/** Counts the pods of a cluster by class. */
export class ClassCounts implements PodCounts {
  private readonly rows: PodRows;
  /** By number of the class. */
  private readonly counts: number[] = [];
  /** undefined when it has to be worked out. */
  private tallied: readonly ClassTally[] | undefined = undefined;

  constructor(rows: PodRows) {
    this.rows = rows;
  }

  of({ id }: PodClass): number {
    return this.counts[id] ?? 0;
  }

  tallies(): readonly ClassTally[] {
    this.tallied ??= tally(this.rows);
    return this.tallied;
  }

  add({ id }: PodClass): void {
    while (this.counts.length <= id) this.counts.push(0);
    this.counts[id] = (this.counts[id] ?? 0) + 1;
    this.tallied = undefined;
  }

  remove({ id }: PodClass): void {
    this.counts[id] = (this.counts[id] ?? 0) - 1;
    this.tallied = undefined;
  }

  /** Takes note that a pod is not what it was, though of the same class. */
  forgetTallies(): void {
    this.tallied = undefined;
  }

  /** Takes over what `others` have counted: copies of their pods. */
  takeOver(others: ClassCounts): void {
    for (const count of others.counts) this.counts.push(count);
    this.tallied = others.tallies();
  }
}

function tally({ pods }: PodRows): readonly ClassTally[] {
  const tallies = new Map<PodClass, { readonly podClass: PodClass; active: number; serving: number }>();
  for (const pod of pods) {
    if (!pod?.exists) continue;
    const { podClass } = pod;
    const known = tallies.get(podClass) ?? { podClass, active: 0, serving: 0 };
    if (!pod.isFinished && !pod.isTerminating) known.active += 1;
    if (pod.isServing) known.serving += 1;
    tallies.set(podClass, known);
  }
  return [...tallies.values()].sort((a, b) => a.podClass.id - b.podClass.id);
}
