import type { Pod } from './Pod.ts';
import { PodCensus } from './PodCensus.ts';
import type { PodClass } from './PodClass.ts';
import type { PodRows } from './PodRows.ts';
import { SlotNumbers } from './SlotNumbers.ts';

/** How many pods of each class a cluster has, and what they are. */
export interface PodCounts {
  of(podClass: PodClass): number;
  /** The present state of all pods, for whoever starts to keep account of them. Taken again after every change of a pod. */
  census(): PodCensus;
  /** The pods that do not simply run on a node, from the census: not yet started, finished or terminating. In order of creation. */
  restless(): readonly Pod[];
}

/** Counts the pods of a cluster by class. */
export class ClassCounts implements PodCounts {
  private readonly rows: PodRows;
  /** By number of the class. */
  private readonly counts = new SlotNumbers();
  /** undefined when it has to be taken. */
  private taken: PodCensus | undefined = undefined;

  constructor(rows: PodRows) {
    this.rows = rows;
  }

  of({ id }: PodClass): number {
    return this.counts.of(id);
  }

  census(): PodCensus {
    this.taken ??= new PodCensus(this.rows);
    return this.taken;
  }

  restless(): readonly Pod[] {
    return this.census().restless.flatMap((slot) => this.rows.at(slot) ?? []);
  }

  add({ id }: PodClass): void {
    this.counts.set(id, this.counts.of(id) + 1);
    this.taken = undefined;
  }

  remove({ id }: PodClass): void {
    this.counts.set(id, this.counts.of(id) - 1);
    this.taken = undefined;
  }

  /** Takes note that a pod is not what it was, though of the same class. */
  forgetCensus(): void {
    this.taken = undefined;
  }

  /** Takes over what `others` have counted: copies of their pods. */
  takeOver(others: ClassCounts): void {
    this.counts.takeOver(others.counts);
    this.taken = others.census();
  }
}
