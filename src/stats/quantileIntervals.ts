import { CONFIDENCE, type Interval } from './Interval.ts';

/**
 * The intervals of the quantiles at `probabilities` in (0, 1), whatever the distribution of `values` (in any order), which are independent.
 *
 * Each lies between two of the values: as many of n values as a binomial number are below the quantile. Each end is exceeded with at most half
 * of what `confidence` leaves, so that the whole holds at least that confidence. Where there are too few values for an end, it is infinite.
 * @see Hahn, Meeker: Statistical intervals (1991), section 5.2
 */
export function quantileIntervals(
  values: readonly number[],
  probabilities: readonly number[],
  confidence: number = CONFIDENCE,
): readonly Interval[] {
  const sorted = Float64Array.from(values).sort();
  const { length } = sorted;
  const tail = (1 - confidence) / 2;
  return probabilities.map((probability) => {
    const low = lowerRank(length, probability, tail);
    const high = length + 1 - lowerRank(length, 1 - probability, tail);
    return [sorted[low - 1] ?? Number.NEGATIVE_INFINITY, sorted[high - 1] ?? Number.POSITIVE_INFINITY];
  });
}

/**
 * The largest rank (1 is the smallest of `count` values) whose value lies above the quantile at `probability` with a probability of at most
 * `tail`; 0 if there is none.
 */
function lowerRank(count: number, probability: number, tail: number): number {
  const logOdds = Math.log(probability / (1 - probability));
  // In logarithms, because (1 - p)^n may be too small for a number.
  let logTerm = count * Math.log1p(-probability);
  let below = 0;
  for (let rank = 0; rank <= count; rank += 1) {
    below += Math.exp(logTerm);
    if (below > tail) return rank;
    logTerm += Math.log((count - rank) / (rank + 1)) + logOdds;
  }
  return count;
}
