import { type Instant, instant, seconds } from '../units.ts';

const SECOND = seconds(1);

/**
 * The whole second of the wall clock in which `at` lies, given the wall clock of t = 0: times in API objects are cut to it.
 * @see kubernetes/apimachinery pkg/apis/meta/v1/time.go (MarshalJSON)
 */
export function wholeSecond(at: Instant, startEpochMilliseconds: number): Instant {
  return instant(Math.floor((startEpochMilliseconds + at) / SECOND) * SECOND - startEpochMilliseconds);
}
