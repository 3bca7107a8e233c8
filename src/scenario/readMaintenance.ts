import { Temporal } from 'temporal-polyfill';
import { type Exclusion, type MaintenancePlan, type RecurringWindow, weekdays } from '../rolls/MaintenancePlan.ts';
import type { MaintenanceRule, Preset } from '../rolls/Preset.ts';
import { formatDuration, minutes } from '../units.ts';
import { describeMaintenance } from './describeMaintenance.ts';
import type { Reading } from './Reading.ts';
import type { ZonedStart } from './Scenario.ts';
import type { GivenMaintenance, GivenWindow } from './schema/maintenance.ts';
import { weeklyRule } from './weeklyRule.ts';

type Path = readonly (string | number)[];

/** Of a window whose preset sets no limits: a minute, so that it can open at all, and a week, after which it opens again. */
const GENERAL_LIMITS = { shortest: minutes(1), longest: minutes(7 * 24 * 60) };

const PATH: Path = ['spec', 'roll', 'maintenance'];

/** Reads `spec.roll.maintenance`, with what the preset's own rule adds to it; undefined where there is none, or it has faults. */
export function readMaintenance(
  reading: Reading,
  given: GivenMaintenance | undefined,
  preset: Preset,
  start: ZonedStart,
): MaintenancePlan | undefined {
  if (given === undefined) return undefined;
  const rule = preset.maintenance ?? {};
  const { onClose = rule.onClose, timeZone = rule.timeZone ?? start.timeZone } = given;
  if (onClose === undefined)
    reading.refuse({ path: PATH, message: 'missing onClose', hint: `${preset.name} has no maintenance windows, so say what happens then` });
  const windows = given.windows.map((window, index) => readWindow(reading, window, rule, [...PATH, 'windows', index]));
  const exclusions = (given.exclusions ?? []).map((exclusion, index) => readExclusion(reading, exclusion, [...PATH, 'exclusions', index]));
  const isKnownZone = checkZone(reading, timeZone);
  if (onClose === undefined || !isKnownZone || windows.includes(undefined) || exclusions.includes(undefined)) return undefined;
  const plan = {
    timeZone,
    windows: windows.flatMap((window) => window ?? []),
    exclusions: exclusions.flatMap((each) => each ?? []),
    onClose,
  };
  reading.input('roll.maintenance', 'assumed', describeMaintenance(plan));
  return plan;
}

function checkZone(reading: Reading, timeZone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch {
    reading.refuse({ path: [...PATH, 'timeZone'], message: `no time zone named "${timeZone}"`, hint: 'such as Europe/Berlin or UTC' });
    return false;
  }
}

function readWindow(reading: Reading, given: GivenWindow, rule: MaintenanceRule, path: Path): RecurringWindow | undefined {
  const { start = rule.start } = given;
  const recurrence = recurrenceOf(reading, given, rule, path);
  const length = lengthOf(reading, given, rule, path);
  if (start === undefined) reading.refuse({ path, message: 'missing start', hint: 'such as start: "03:00"' });
  return start === undefined || !recurrence || !length ? undefined : { ...recurrence, start, length };
}

type Recurrence = Pick<RecurringWindow, 'days' | 'weeks'>;

function recurrenceOf(reading: Reading, given: GivenWindow, rule: MaintenanceRule, path: Path): Recurrence | undefined {
  const { days: named, rrule, since } = given;
  const refuse = (key: string, message: string, hint: string) => {
    reading.refuse({ path: [...path, key], message, hint });
    return undefined;
  };
  const fallback = rule.days ?? weekdays;
  if (rrule === undefined && since !== undefined) return refuse('since', 'without an rrule it opens every week', 'leave it out');
  if (rrule === undefined) return { days: named ?? fallback };
  if (named) return refuse('days', 'not with an rrule', 'give BYDAY in the rrule instead');
  const read = weeklyRule(rrule);
  if ('problem' in read) return refuse('rrule', read.problem, read.hint);
  const days = read.days ?? rule.days;
  if (!days) return refuse('rrule', 'missing BYDAY', 'such as BYDAY=TH');
  if (read.interval === 1) return { days };
  if (since === undefined || !isDate(since))
    return refuse('since', 'missing or no date: it tells which weeks are meant', 'such as since: 2026-11-26, in a week in which it opens');
  return { days, weeks: { every: read.interval, since } };
}

function lengthOf(reading: Reading, given: GivenWindow, rule: MaintenanceRule, path: Path): RecurringWindow['length'] | undefined {
  const refuse = (key: string, message: string, hint: string) => {
    reading.refuse({ path: [...path, key], message, hint });
    return undefined;
  };
  const { end, duration, start = rule.start } = given;
  if (end !== undefined && duration !== undefined) return refuse('end', 'not with a duration', 'give one of them');
  if (end !== undefined && end === start) return refuse('end', 'the time at which it opens', 'give a duration of 24h if that is meant');
  if (end !== undefined) return { end };
  if (duration === undefined && rule.length) return rule.length;
  if (duration === undefined) {
    reading.refuse({ path, message: 'missing duration', hint: 'such as duration: 3h, or end: "06:00"' });
    return undefined;
  }
  const { shortest, longest } = { ...GENERAL_LIMITS, ...rule.limits };
  if (duration < shortest) return refuse('duration', `must be at least ${formatDuration(shortest)}`, 'give a longer one');
  return duration > longest ? refuse('duration', `must be at most ${formatDuration(longest)}`, 'give a shorter one') : { duration };
}

function readExclusion(reading: Reading, { from, to }: Exclusion, path: Path): Exclusion | undefined {
  const hint = 'write a date or a time on the wall clock, such as 2026-12-24 or 2026-12-24T18:00';
  const isRead = Object.entries({ from, to }).map(([key, text]) => {
    if (isLocalTime(text)) return true;
    reading.refuse({ path: [...path, key], message: 'not a time without a zone', hint });
    return false;
  });
  if (isRead.includes(false)) return undefined;
  if (Temporal.PlainDateTime.compare(from, to) < 0) return { from, to };
  reading.refuse({ path: [...path, 'to'], message: 'not after from', hint: 'a date is the midnight at which it begins' });
  return undefined;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isLocalTime(text);
}

function isLocalTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(text)) return false;
  try {
    Temporal.PlainDateTime.from(text);
    return true;
  } catch {
    return false;
  }
}
