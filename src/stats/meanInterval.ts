import jstat from 'jstat';
import { CONFIDENCE, type Interval } from './Interval.ts';

/** The arithmetic mean; NaN without values. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The Student-t interval of the mean of independent replications.
 *
 * One value says nothing about the spread: its interval is the whole line. Equal values give an interval of no width.
 */
export function meanInterval(values: readonly number[], confidence: number = CONFIDENCE): Interval {
  if (values.length < 2) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const center = mean(values);
  const error = standardDeviation(values, center) / Math.sqrt(values.length);
  const reach = error === 0 ? 0 : jstat.studentt.inv((1 + confidence) / 2, values.length - 1) * error;
  return [center - reach, center + reach];
}

function standardDeviation(values: readonly number[], center: number): number {
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
