import { CONFIDENCE, type Interval } from './Interval.ts';

/**
 * An interval of the true quantile at `probability`, from the order statistics of `values`: no shape of the distribution is assumed.
 *
 * The number of values below the quantile is binomial; each bound is the value that leaves at most half of `1 - confidence` outside.
 * A side for which there are too few values (p99 of 50 replications) is infinite: the data do not bound it.
 * @see David, Nagaraja: Order Statistics (2003), section 7.1
 */
export function quantileInterval(values: readonly number[], probability: number, confidence: number = CONFIDENCE): Interval {
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  const lowRank = binomialQuantile(tail, sorted.length, probability);
  const highRank = binomialQuantile(1 - tail, sorted.length, probability) + 1;
  return [sorted[lowRank - 1] ?? Number.NEGATIVE_INFINITY, sorted[highRank - 1] ?? Number.POSITIVE_INFINITY];
}

/** The smallest count whose cumulative binomial probability reaches `target`. */
function binomialQuantile(target: number, trials: number, probability: number): number {
  if (probability <= 0 || probability >= 1) return probability <= 0 ? 0 : trials;
  const odds = Math.log(probability) - Math.log1p(-probability);
  let logMass = trials * Math.log1p(-probability);
  let cumulative = Math.exp(logMass);
  let count = 0;
  while (cumulative < target && count < trials) {
    logMass += Math.log(trials - count) - Math.log(count + 1) + odds;
    cumulative += Math.exp(logMass);
    count += 1;
  }
  return count;
}
