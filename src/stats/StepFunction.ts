/**
 * A figure over time that keeps its value until it changes: `values[i]` holds from `times[i]` up to `times[i + 1]`, the last one for ever.
 *
 * Times are in ascending order; of equal times the last one counts. Before the first time the figure is 0.
 */
export class StepFunction {
  private readonly times: readonly number[];
  private readonly values: readonly number[];

  constructor(series: { readonly times: readonly number[]; readonly values: readonly number[] }) {
    this.times = series.times;
    this.values = series.values;
  }

  /** The value at `at`, a change at that very time included. */
  at(at: number): number {
    return this.values[this.indexAt(at)] ?? 0;
  }

  /** Area under the figure between `from` and `to`, in value times unit of time. */
  integral(from: number, to: number): number {
    let area = 0;
    this.forEachPiece(from, to, (value, length) => {
      area += value * length;
    });
    return area;
  }

  /** Time-weighted mean between `from` and `to`; the value at `from` when they are equal. */
  mean(from: number, to: number): number {
    return to > from ? this.integral(from, to) / (to - from) : this.at(from);
  }

  /** The smallest value held for some time between `from` and `to`, and when first; the value at `from` when they are equal. */
  minimum(from: number, to: number): { readonly value: number; readonly at: number } {
    let least = { value: this.at(from), at: from };
    this.forEachPiece(from, to, (value, _length, start) => {
      if (value < least.value) least = { value, at: start };
    });
    return least;
  }

  /** The largest value held for some time between `from` and `to`, and when first; the value at `from` when they are equal. */
  maximum(from: number, to: number): { readonly value: number; readonly at: number } {
    let most = { value: this.at(from), at: from };
    this.forEachPiece(from, to, (value, _length, start) => {
      if (value > most.value) most = { value, at: start };
    });
    return most;
  }

  private forEachPiece(from: number, to: number, visit: (value: number, length: number, start: number) => void): void {
    let start = from;
    for (let index = this.indexAt(from); start < to; index++) {
      const end = Math.min(to, this.times[index + 1] ?? to);
      if (end > start) visit(this.values[index] ?? 0, end - start, start);
      start = Math.max(start, end);
    }
  }

  /** Index of the last time not after `at`; -1 before the first. */
  private indexAt(at: number): number {
    let low = 0;
    let high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
