import { Temporal } from 'temporal-polyfill';
import type { ZonedStart } from './Scenario.ts';

/** The start of a scenario that names none: a Monday midnight in UTC. */
export const ASSUMED_START = '2026-01-05T00:00:00+00:00[UTC]';

/**
 * Reads an RFC 9557 time such as `2026-11-24T01:00:00[Europe/Berlin]` or `2026-11-24T01:00:00+01:00[Europe/Berlin]`.
 * @returns the problem if it has no zone, the zone is not known, the offset is not one of the zone, or the wall clock skips or repeats that
 * time and no offset says which is meant.
 */
export function parseStart(text: string): ZonedStart | { readonly problem: string; readonly hint: string } {
  if (!text.includes('[')) return { problem: 'a time without a zone', hint: 'add the zone in brackets, such as [Europe/Berlin]' };
  try {
    const time = Temporal.ZonedDateTime.from(text, { disambiguation: 'reject', offset: 'reject' });
    return time.year > LAST_YEAR ? { problem: `a time after the year ${LAST_YEAR}`, hint: 'give an earlier one' } : zonedStart(time);
  } catch {
    return whatIsWrong(text);
  }
}

/** Later ones cannot be added to without end, and few programs read them. */
const LAST_YEAR = 9998;

function zonedStart(time: Temporal.ZonedDateTime): ZonedStart {
  return { text: time.toString(), timeZone: time.timeZoneId, epochMilliseconds: time.epochMilliseconds };
}

function whatIsWrong(text: string): { problem: string; hint: string } {
  const isReadable = canRead(text, 'compatible', 'reject');
  if (isReadable)
    return { problem: 'the wall clock skips or repeats this time', hint: 'add the offset that is meant, such as +02:00, before the zone' };
  if (canRead(text, 'compatible', 'ignore'))
    return { problem: 'the offset is not the one of the zone at that time', hint: 'leave the offset out' };
  return { problem: 'not a time with a zone', hint: 'such as 2026-11-24T01:00:00[Europe/Berlin]' };
}

function canRead(text: string, disambiguation: 'compatible', offset: 'reject' | 'ignore'): boolean {
  try {
    Temporal.ZonedDateTime.from(text, { disambiguation, offset });
    return true;
  } catch {
    return false;
  }
}
