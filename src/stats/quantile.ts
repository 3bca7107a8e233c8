/**
 * The quantiles of `values` (in any order) at `probabilities` in [0, 1], linearly interpolated: type 7, as R and NumPy do by default.
 *
 * Sorts once, so ask for all of them together. An infinite value is a value like any other: a quantile between a finite and an
 * infinite one is infinite. Without values every quantile is NaN.
 * @see Hyndman, Fan: Sample quantiles in statistical packages (1996)
 */
export function quantiles(values: readonly number[], probabilities: readonly number[]): number[] {
  const sorted = Float64Array.from(values).sort();
  return probabilities.map((probability) => interpolate(sorted, (sorted.length - 1) * probability));
}

/** One quantile of `values`; see {@link quantiles}. */
export function quantile(values: readonly number[], probability: number): number {
  return quantiles(values, [probability])[0] ?? Number.NaN;
}

function interpolate(sorted: Float64Array, position: number): number {
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const fraction = position - below;
  if (fraction === 0) return low;
  const high = sorted[below + 1] ?? Number.NaN;
  return low === high ? low : low + fraction * (high - low);
}
