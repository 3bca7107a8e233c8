import jstat from 'jstat';
import { CONFIDENCE, type Interval } from './Interval.ts';

/**
 * The interval of a probability of which `successes` of `trials` were seen: Wilson's, and at 0 or all of them the exact bound.
 *
 * 0 of 100 gives [0, 0.0295]: the true probability is that high or higher in one of twenty such cases (the "rule of three").
 * Without trials it is [0, 1].
 */
export function probabilityInterval(successes: number, trials: number, confidence: number = CONFIDENCE): Interval {
  if (trials === 0) return [0, 1];
  if (successes === 0) return [0, exactUpperBound(trials, confidence)];
  if (successes === trials) return [exactLowerBound(trials, confidence), 1];
  return wilsonInterval(successes, trials, confidence);
}

/**
 * Wilson's score interval of a probability of which `successes` of `trials` were seen, without continuity correction.
 * @see Wilson: Probable inference, the law of succession, and statistical inference (1927)
 */
export function wilsonInterval(successes: number, trials: number, confidence: number = CONFIDENCE): Interval {
  const z = jstat.normal.inv((1 + confidence) / 2, 0, 1);
  const share = successes / trials;
  const center = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const reach = (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return [Math.max(0, center - reach), Math.min(1, center + reach)];
}

/** The one-sided exact (Clopper-Pearson) upper bound of a probability that was seen 0 times in `trials`. */
export function exactUpperBound(trials: number, confidence: number = CONFIDENCE): number {
  return jstat.beta.inv(confidence, 1, trials);
}

/** The one-sided exact (Clopper-Pearson) lower bound of a probability that was seen in every one of `trials`. */
export function exactLowerBound(trials: number, confidence: number = CONFIDENCE): number {
  return 1 - exactUpperBound(trials, confidence);
}
