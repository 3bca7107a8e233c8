import { Temporal } from 'temporal-polyfill';
import { type Duration, parseDuration, seconds } from '../units.ts';

/** A cron schedule. Its zone is the one it names itself; undefined: that of its user. */
export type CronSchedule = (CronFields | CronPeriod) & { readonly timeZone: string | undefined };

/** The permitted values of each field. */
interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly daysOfMonth: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** With a plain star in one of the day fields both must match, otherwise either is enough. */
  readonly isEitherDay: boolean;
}

interface CronPeriod {
  /** Whole seconds, at least one. */
  readonly every: Duration;
}

/**
 * Reads a schedule: five fields (minute, hour, day of month, month, day of week) with stars, lists, ranges, steps and names; one of the
 * words `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`, `@annually`; or `@every` with a duration. Any of them may be
 * preceded by `TZ=` or `CRON_TZ=` with a zone, as in old objects.
 * @returns undefined when `text` is no such schedule.
 * @see robfig/cron parser.go, which Kubernetes uses
 */
export function parseCronSchedule(text: string): CronSchedule | undefined {
  const [, timeZone, rest = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s)?(.*)$/s.exec(text.trim()) ?? [];
  if (timeZone !== undefined && !isTimeZone(timeZone)) return undefined;
  const schedule = rest.startsWith(EVERY) ? periodOf(rest.slice(EVERY.length)) : fieldsOf(rest.trim());
  return schedule && { ...schedule, timeZone };
}

/** Whether `name` is a time zone that is known here, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The first time after `epochMilliseconds` at which `schedule` is due on the clock of `timeZone` (or of its own zone), in epoch
 * milliseconds. A period is due again and again from `countedFrom` on. A time that daylight saving skips is not due on that day.
 * @returns undefined when nothing is due within five years.
 */
export function nextDue(
  schedule: CronSchedule,
  epochMilliseconds: number,
  timeZone: string,
  countedFrom = epochMilliseconds,
): number | undefined {
  if ('every' in schedule) return nextMultiple(schedule.every, epochMilliseconds, countedFrom);
  const start = Temporal.Instant.fromEpochMilliseconds(epochMilliseconds).toZonedDateTimeISO(schedule.timeZone ?? timeZone);
  const end = start.add({ years: 5 });
  let at = start.round({ smallestUnit: 'minute', roundingMode: 'floor' }).add({ minutes: 1 });
  while (Temporal.ZonedDateTime.compare(at, end) < 0) {
    if (!schedule.months.has(at.month)) at = at.with({ day: 1 }).add({ months: 1 }).startOfDay();
    else if (!isDueOn(schedule, at)) at = at.add({ days: 1 }).startOfDay();
    else if (!schedule.hours.has(at.hour)) at = at.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 });
    else if (!schedule.minutes.has(at.minute)) at = at.add({ minutes: 1 });
    else return at.epochMilliseconds;
  }
  return undefined;
}

function nextMultiple(every: Duration, epochMilliseconds: number, countedFrom: number): number {
  const passed = Math.floor((epochMilliseconds - countedFrom) / every);
  return countedFrom + (passed + 1) * every;
}

const EVERY = '@every ';

function periodOf(text: string): CronPeriod | undefined {
  const period = parseDuration(text);
  return period === undefined ? undefined : { every: seconds(Math.max(1, Math.floor(period / 1000))) };
}

function fieldsOf(text: string): CronFields | undefined {
  const fields = (WORDS[text] ?? text).split(/\s+/);
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = RANGES.map((range, index) => valuesOf(fields[index] ?? '', range));
  if (fields.length !== 5 || !minutes || !hours || !daysOfMonth || !months || !daysOfWeek) return undefined;
  return { minutes, hours, daysOfMonth, months, daysOfWeek, isEitherDay: !isAnyDay(fields[2]) && !isAnyDay(fields[4]) };
}

const WORDS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

interface FieldRange {
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names: readonly string[];
}

const RANGES: readonly FieldRange[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

function valuesOf(field: string, range: FieldRange): Set<number> | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const span = spanOf(part, range);
    if (!span) return undefined;
    for (let value = span.from; value <= span.to; value += span.step) values.add(value);
  }
  return values;
}

function spanOf(part: string, range: FieldRange): { from: number; to: number; step: number } | undefined {
  const [, first = '', last, stepText] = /^([a-z0-9]+|\*|\?)(?:-([a-z0-9]+))?(?:\/(\d+))?$/i.exec(part) ?? [];
  const step = stepText === undefined ? 1 : Number(stepText);
  const from = isStar(first) ? range.min : readValue(first, range);
  const openEnd = isStar(first) || stepText !== undefined ? range.max : from;
  const to = last === undefined ? openEnd : readValue(last, range);
  if (from === undefined || to === undefined || step < 1 || from < range.min || to > range.max || from > to) return undefined;
  return { from, to, step };
}

function readValue(text: string, { min, names }: FieldRange): number | undefined {
  const named = names.indexOf(text.toLowerCase());
  if (named >= 0) return named + min;
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function isStar(text: string): boolean {
  return text === '*' || text === '?';
}

/** Whether one part of a day field is a star. A star with a step of more than one is as good as a list. */
function isAnyDay(field = ''): boolean {
  return field.split(',').some((part) => isStar(part.replace(/\/0*1$/, '')));
}

function isDueOn({ daysOfMonth, daysOfWeek, isEitherDay }: CronFields, { day, dayOfWeek }: Temporal.ZonedDateTime): boolean {
  const [byDate, byWeekday] = [daysOfMonth.has(day), daysOfWeek.has(dayOfWeek % 7)];
  return isEitherDay ? byDate || byWeekday : byDate && byWeekday;
}
