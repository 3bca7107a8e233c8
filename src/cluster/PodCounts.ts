import type { PodClass } from './PodClass.ts';

/** How many pods of each class a cluster has. */
export interface PodCounts {
  of(podClass: PodClass): number;
}

/** Counts the pods of a cluster by class. */
export class ClassCounts implements PodCounts {
  /** By number of the class. */
  private readonly counts: number[] = [];

  of({ id }: PodClass): number {
    return this.counts[id] ?? 0;
  }

  add({ id }: PodClass): void {
    while (this.counts.length <= id) this.counts.push(0);
    this.counts[id] = (this.counts[id] ?? 0) + 1;
  }

  remove({ id }: PodClass): void {
    this.counts[id] = (this.counts[id] ?? 0) - 1;
  }

  takeOver({ counts }: ClassCounts): void {
    for (const count of counts) this.counts.push(count);
  }
}
