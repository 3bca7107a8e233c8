import { type Weekday, weekdays } from '../rolls/MaintenancePlan.ts';

/** What a recurrence rule says: the days on which something happens, and every how many weeks; `days` undefined: it names none. */
export interface WeeklyRule {
  readonly days: readonly Weekday[] | undefined;
  readonly interval: number;
}

/**
 * Reads a recurrence rule of RFC 5545 as maintenance windows of ACK take it: `FREQ=WEEKLY;INTERVAL=1;BYDAY=TU,TH`.
 * @see Alibaba Cloud ACK API, `maintenance_window.recurrence`: only FREQ=WEEKLY, and neither COUNT nor UNTIL
 * @returns the problem if it recurs in another way, ends, or cannot be read.
 */
export function weeklyRule(text: string): WeeklyRule | { readonly problem: string; readonly hint: string } {
  const parts = text.split(';').map((part) => part.split('='));
  const named = new Map(parts.map(([name = '', value]) => [name.trim().toUpperCase(), (value ?? '').trim().toUpperCase()]));
  if (named.size < parts.length || parts.some((part) => part.length !== 2)) return { problem: 'not a recurrence rule', hint: EXAMPLE };
  const frequency = named.get('FREQ');
  if (frequency !== 'WEEKLY') return { problem: `recurs by ${frequency ?? 'nothing'}, expected FREQ=WEEKLY`, hint: EXAMPLE };
  const unknown = [...named.keys()].find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) return { problem: `${unknown} has no place in a maintenance window`, hint: `leave it out, ${EXAMPLE}` };
  const interval = named.get('INTERVAL') ?? '1';
  if (!/^[1-9]\d{0,2}$/.test(interval)) return { problem: 'INTERVAL is not a number of weeks', hint: 'such as INTERVAL=2' };
  const days = named.get('BYDAY')?.split(',').map(weekdayOf);
  if (days?.includes(undefined)) return { problem: 'BYDAY is not a list of days', hint: 'of MO, TU, WE, TH, FR, SA and SU' };
  return { days: days?.flatMap((day) => day ?? []), interval: Number(interval) };
}

const EXAMPLE = 'such as FREQ=WEEKLY;BYDAY=TU,TH';
const KNOWN = ['FREQ', 'INTERVAL', 'BYDAY'];

function weekdayOf(code: string): Weekday | undefined {
  return weekdays.find((day) => day.slice(0, 2).toUpperCase() === code.trim());
}
