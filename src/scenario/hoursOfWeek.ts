import { Temporal } from 'temporal-polyfill';
import { type Instant, instant } from '../units.ts';
import type { ZonedStart } from './Scenario.ts';

/** A stretch of a run that lies in one hour of the week. */
export interface HourOfWeek {
  /** 0 is Monday 00:00 to 01:00 on the wall clock, 167 Sunday 23:00 to 24:00. */
  readonly hour: number;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Cuts the time from t = 0 to `end` at the full hours of the wall clock. Time that daylight saving repeats (an hour, or half of one) counts
 * twice under the same number; time that it skips is left out.
 */
export function hoursOfWeek({ epochMilliseconds, timeZone }: ZonedStart, end: Instant): HourOfWeek[] {
  const hours: HourOfWeek[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone);
  while (at.epochMilliseconds - epochMilliseconds < end) {
    const next = at.add({ milliseconds: untilFullHour(at) });
    const from = instant(at.epochMilliseconds - epochMilliseconds);
    const to = instant(Math.min(end, next.epochMilliseconds - epochMilliseconds));
    hours.push({ hour: hourNumber(at), from, to });
    at = next;
  }
  return hours;
}

/** The hour of the week that the wall clock shows at `at`: 0 is Monday 00:00 to 01:00. */
export function hourOfWeek({ epochMilliseconds, timeZone }: ZonedStart, at: Instant): number {
  return hourNumber(Temporal.Instant.fromEpochMilliseconds(epochMilliseconds + at).toZonedDateTimeISO(timeZone));
}

const HOUR = 60 * 60_000;

/** Milliseconds to the end of the hour, always above 0: where half an hour is repeated, rounding the wall clock could lead back in time. */
function untilFullHour({ minute, second, millisecond }: Temporal.ZonedDateTime): number {
  return HOUR - (minute * 60_000 + second * 1000 + millisecond);
}

function hourNumber({ dayOfWeek, hour }: Pick<Temporal.ZonedDateTime, 'dayOfWeek' | 'hour'>): number {
  return (dayOfWeek - 1) * 24 + hour;
}
