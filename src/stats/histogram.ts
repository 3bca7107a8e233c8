/** How many values lie from `from` up to, but not at, `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Widths people can read on an axis, as multiples of a power of ten. */
const ROUND = [1, 2, 2.5, 5, 10];

/**
 * Counts `values` in bins of one round width that cover all of them; infinite values are left out.
 *
 * The width follows Freedman and Diaconis where the values allow it, with at most `limit` bins. Equal values give one bin
 * with the value in its middle.
 */
export function histogram(values: readonly number[], limit = 30): Bin[] {
  const finite = Float64Array.from(values.filter(Number.isFinite)).sort();
  const [min, max] = [finite[0], finite.at(-1)];
  if (min === undefined || max === undefined) return [];
  const width = roundUp(Math.max(freedmanDiaconis(finite), (max - min) / (limit - 1)) || Math.abs(max) / 10 || 1);
  if (min === max) return [{ from: min - width / 2, to: min + width / 2, count: finite.length }];
  const first = Math.floor(min / width);
  const bins = Math.max(1, Math.floor(max / width) - first + 1);
  const counts = new Array<number>(bins).fill(0);
  for (const value of finite) {
    const index = Math.min(bins - 1, Math.max(0, Math.floor(value / width) - first));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts.map((count, index) => ({ from: (first + index) * width, to: (first + index + 1) * width, count }));
}

function freedmanDiaconis(sorted: Float64Array): number {
  const quartile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
}

function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * (ROUND.find((multiple) => multiple * power >= width * (1 - 1e-9)) ?? 10);
}
