import { Temporal } from 'temporal-polyfill';
import { type MaintenancePlan, type Opening, type RecurringWindow, weekdays } from '../rolls/MaintenancePlan.ts';
import { type Duration, type Instant, instant, START } from '../units.ts';
import type { ZonedStart } from './Scenario.ts';

/**
 * When the windows of `plan` are open in a run that starts at `start`: every opening that has not ended at t = 0 and begins before `end`, in
 * order of time and apart from one another. One that was open already opens at t = 0.
 *
 * A time of day that the clock skips is as much later as the clock is put forward, and of two that it shows the first one counts, as in RFC 5545;
 * durations are real time, and so is the end of a window that is given as a time of day.
 */
export function openingsOf(plan: MaintenancePlan, start: ZonedStart, end: Instant): Opening[] {
  const spans = plan.windows.flatMap((window) => spansOf(window, plan.timeZone, { start, end }));
  const excluded = plan.exclusions.map(({ from, to }) => ({ from: epochOf(from, plan.timeZone), to: epochOf(to, plan.timeZone) }));
  return merged(spans)
    .flatMap((span) => without(span, excluded))
    .map(({ from, to }) => ({
      opensAt: instant(Math.max(START, from - start.epochMilliseconds)),
      closesAt: instant(to - start.epochMilliseconds),
    }))
    .filter(({ opensAt, closesAt }) => closesAt > START && opensAt < end);
}

/** From one epoch millisecond to another. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const DAY = 24 * 60 * 60_000;

/** The spans of one window on every day from which one could reach into the run. */
function spansOf(window: RecurringWindow, timeZone: string, { start, end }: { start: ZonedStart; end: Instant }): Span[] {
  const daysBefore = 'duration' in window.length ? Math.ceil(window.length.duration / DAY) + 1 : 2;
  const dateOf = (epoch: number) => Temporal.Instant.fromEpochMilliseconds(epoch).toZonedDateTimeISO(timeZone).toPlainDate();
  const last = dateOf(start.epochMilliseconds + end);
  const spans: Span[] = [];
  for (let date = dateOf(start.epochMilliseconds).subtract({ days: daysBefore }); !isAfter(date, last); date = date.add({ days: 1 })) {
    if (opensOn(window, date)) spans.push(spanOn(date, window, timeZone));
  }
  return spans;
}

function isAfter(date: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(date, other) > 0;
}

function opensOn({ days, weeks }: RecurringWindow, date: Temporal.PlainDate): boolean {
  const day = weekdays[date.dayOfWeek - 1];
  if (day === undefined || !days.includes(day)) return false;
  if (!weeks) return true;
  const since = mondayOf(Temporal.PlainDate.from(weeks.since));
  return (since.until(mondayOf(date), { largestUnit: 'days' }).days / 7) % weeks.every === 0;
}

function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

function spanOn(date: Temporal.PlainDate, { start, length }: RecurringWindow, timeZone: string): Span {
  const at = (day: Temporal.PlainDate, time: string) => day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
  const from = at(date, start);
  if ('duration' in length) return { from, to: from + length.duration };
  const isNextDay = Temporal.PlainTime.compare(length.end, start) <= 0;
  return { from, to: at(isNextDay ? date.add({ days: 1 }) : date, length.end) };
}

function epochOf(time: string, timeZone: string): number {
  return Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).epochMilliseconds;
}

/** `spans` in order of time, with those that touch made one; an empty one, of which the clock skips all, is none. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}

function without(span: Span, excluded: readonly Span[]): Span[] {
  return excluded.reduce<Span[]>(
    (left, { from, to }) =>
      left
        .flatMap((part) => [
          { from: part.from, to: Math.min(part.to, from) },
          { from: Math.max(part.from, to), to: part.to },
        ])
        .filter((part) => part.to > part.from),
    [span],
  );
}

/** The first window that opens at `from` after t = 0 or later; undefined when none does within a year. */
export function nextOpening(plan: MaintenancePlan, start: ZonedStart, from: Duration): Opening | undefined {
  for (const days of [8, 40, 370]) {
    const next = openingsOf(plan, start, instant(from + days * DAY)).find(({ opensAt }) => opensAt >= from);
    if (next) return next;
  }
  return undefined;
}
