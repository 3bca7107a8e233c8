interface PriorityCount {
  readonly priority: number;
  pods: number;
}

/** How many pods have each priority. */
export class PriorityCounts {
  private readonly counts: PriorityCount[] = [];
  /** Most pods have the same one. */
  private last = this.countOf(0);

  /** Counts `change` pods more with `priority`. */
  add(priority: number, change: number): void {
    if (this.last.priority !== priority) this.last = this.countOf(priority);
    this.last.pods += change;
  }

  /** Whether any pod has less than `priority`. */
  hasBelow(priority: number): boolean {
    return this.counts.some((count) => count.priority < priority && count.pods > 0);
  }

  private countOf(priority: number): PriorityCount {
    const known = this.counts.find((count) => count.priority === priority);
    if (known) return known;
    const count = { priority, pods: 0 };
    this.counts.push(count);
    return count;
  }
}
