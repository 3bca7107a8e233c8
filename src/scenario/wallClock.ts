import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../units.ts';
import type { ZonedStart } from './Scenario.ts';

/** What a clock in `timeZone` shows at `at` of a run, as RFC 9557 text such as `2026-11-24T01:00:00+01:00[Europe/Berlin]`. */
export function wallClock({ epochMilliseconds }: ZonedStart, at: Instant, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds + at)
    .toZonedDateTimeISO(timeZone)
    .toString();
}
