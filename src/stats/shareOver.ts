/** A figure over time: `values[i]` holds from `times[i]` on, and before the first time it is 0. */
interface Series<Time extends number> {
  readonly times: readonly Time[];
  readonly values: readonly number[];
}

/**
 * How much of `whole` the figure `part` is at each time: a share from 0 to 1, even where it is more than all. Where nothing is wanted nothing
 * lacks, so that the share is 1.
 */
export function shareOver<Time extends number>(part: Series<Time>, whole: Series<Time>): { times: Time[]; values: number[] } {
  const times = [...new Set([...part.times, ...whole.times])].sort((a, b) => a - b);
  const [parts, wholes] = [new Cursor(part), new Cursor(whole)];
  const values = times.map((time) => {
    const [got, wanted] = [parts.at(time), wholes.at(time)];
    return wanted > 0 ? Math.min(1, got / wanted) : 1;
  });
  return { times, values };
}

/** Reads a series from its beginning to its end. */
class Cursor {
  private readonly series: Series<number>;
  private next = 0;

  constructor(series: Series<number>) {
    this.series = series;
  }

  /** The value at `time`, which is not before any that was asked for. */
  at(time: number): number {
    while ((this.series.times[this.next] ?? Number.POSITIVE_INFINITY) <= time) this.next += 1;
    return this.series.values[this.next - 1] ?? 0;
  }
}
