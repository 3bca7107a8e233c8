import { Temporal } from 'temporal-polyfill';
import type { ZonedStart } from '../scenario/Scenario.ts';
import type { Duration } from '../units.ts';

const DAY = 86_400_000;

/**
 * The starts from `from` up to but not including `to`, a real time of `every` apart, in the time zone of `from`. On a day that daylight
 * saving lengthens an hourly list has 25 entries, on one that it shortens 23. Whole days apart they have the same wall clock; where the
 * clock skips that time, the start is as much later.
 */
export function startsBetween(from: ZonedStart, to: ZonedStart, every: Duration): ZonedStart[] {
  if (every % DAY === 0) return startsOnDays(from, to, every / DAY);
  const starts: ZonedStart[] = [];
  for (let at = from.epochMilliseconds; at < to.epochMilliseconds; at += every) starts.push(startAtEpoch(at, from.timeZone));
  return starts;
}

function startsOnDays(from: ZonedStart, to: ZonedStart, every: number): ZonedStart[] {
  const [first, starts] = [zoned(from), [] as ZonedStart[]];
  for (let at = first; at.epochMilliseconds < to.epochMilliseconds; at = first.add({ days: starts.length * every }))
    starts.push(startOf(at));
  return starts;
}

/** The whole week that begins with the full hour of `start`. */
export function weekFrom(start: ZonedStart): { readonly from: ZonedStart; readonly to: ZonedStart } {
  const from = zoned(start).round({ smallestUnit: 'hour', roundingMode: 'floor' });
  return { from: startOf(from), to: startOf(from.add({ weeks: 1 })) };
}

function startAtEpoch(epochMilliseconds: number, timeZone: string): ZonedStart {
  return startOf(Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone));
}

function startOf(time: Temporal.ZonedDateTime): ZonedStart {
  return { text: time.toString(), timeZone: time.timeZoneId, epochMilliseconds: time.epochMilliseconds };
}

function zoned({ epochMilliseconds, timeZone }: ZonedStart): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(timeZone);
}
