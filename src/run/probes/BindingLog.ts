import type { Instant } from '../../units.ts';

/** What befell a pod; several things at once are added up. */
export const SERVES = 1;
export const CEASES = 2;
export const MOVES = 4;
const BOUND = 8;
const BITS = 4;

/**
 * What befell the pods of workloads, in the order in which it happened: rows that are only ever written at their end and added up when
 * somebody asks. So nothing of a workload has to be fetched when one of its pods becomes Ready or goes.
 */
export class WorkloadLog {
  rows = 0;
  private facts = new Int32Array(1024);
  private times = new Float64Array(1024);
  /** The nodes of the rows that tell of a binding. */
  private readonly nodes: string[] = [];

  /** Adds a row on the workload that goes by `number`, if anything happened to its pod. */
  note(number: number, what: number, at: Instant): void {
    if (what === 0) return;
    const row = this.rows++;
    if (row === this.facts.length) this.grow();
    this.facts[row] = (number << BITS) | what;
    this.times[row] = at;
  }

  /** Adds a row on a pod that was bound to `node`. */
  noteBinding(number: number, node: string, at: Instant): void {
    this.note(number, BOUND, at);
    this.nodes.push(node);
  }

  forEachBinding(visit: (number: number, node: string, at: Instant) => void): void {
    let row = 0;
    for (const node of this.nodes) {
      while (this.whatIn(row) !== BOUND) row += 1;
      visit(this.numberIn(row), node, this.timeOf(row));
      row += 1;
    }
  }

  /**
   * The rows from `first` on but for bindings, group by group, those of a group in order: `groupOf` tells by number which of so many `groups` a
   * workload is in.
   */
  rowsByGroup(first: number, groupOf: readonly number[], groups: number): Int32Array {
    const ends = new Int32Array(groups + 1);
    for (let row = first; row < this.rows; row += 1) if (this.whatIn(row) !== BOUND) add(ends, groupOf[this.numberIn(row)] ?? 0, 1);
    for (let group = 1; group <= groups; group += 1) add(ends, group, ends[group - 1] ?? 0);
    const rows = new Int32Array(ends[groups] ?? 0);
    for (let row = this.rows - 1; row >= first; row -= 1)
      if (this.whatIn(row) !== BOUND) rows[add(ends, groupOf[this.numberIn(row)] ?? 0, -1)] = row;
    return rows;
  }

  numberIn(row: number): number {
    return (this.facts[row] ?? 0) >> BITS;
  }

  whatIn(row: number): number {
    return (this.facts[row] ?? 0) & ((1 << BITS) - 1);
  }

  timeOf(row: number): Instant {
    return (this.times[row] ?? 0) as Instant;
  }

  private grow(): void {
    const [facts, times] = [new Int32Array(2 * this.rows), new Float64Array(2 * this.rows)];
    facts.set(this.facts);
    times.set(this.times);
    [this.facts, this.times] = [facts, times];
  }
}

/** @returns the new value. */
function add(numbers: Int32Array, index: number, change: number): number {
  const value = (numbers[index] ?? 0) + change;
  numbers[index] = value;
  return value;
}
