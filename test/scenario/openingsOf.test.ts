import { describe, expect, it } from 'vitest';
import type { MaintenancePlan, RecurringWindow } from '../../src/rolls/MaintenancePlan.ts';
import { nextOpening, openingsOf } from '../../src/scenario/openingsOf.ts';
import { parseStart } from '../../src/scenario/parseStart.ts';
import type { ZonedStart } from '../../src/scenario/Scenario.ts';
import { instant, minutes } from '../../src/units.ts';

const HOUR = 60 * 60_000;
const hours = (value: number) => minutes(value * 60);
const night: RecurringWindow = { days: ['Thu'], start: '03:00', length: { duration: hours(3) } };
const daily: RecurringWindow = { ...night, days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] };

function at(text: string): ZonedStart {
  const start = parseStart(text);
  if ('problem' in start) throw new Error(start.problem);
  return start;
}

/** The openings of `windows` as pairs of hours after the start. */
function hoursOpen(start: string, end: number, windows: readonly RecurringWindow[], more: Partial<MaintenancePlan> = {}) {
  const zoned = at(start);
  const plan: MaintenancePlan = { timeZone: zoned.timeZone, windows, exclusions: [], onClose: 'noNewStart', ...more };
  return openingsOf(plan, zoned, instant(end * HOUR)).map(({ opensAt, closesAt }) => [opensAt / HOUR, closesAt / HOUR]);
}

describe('a weekly window', () => {
  it('opens every Thursday within the horizon', () => {
    const week = 7 * 24;
    expect(hoursOpen('2026-11-25T12:00[Europe/Berlin]', 3 * week, [night])).toEqual(
      [15, 15 + week, 15 + 2 * week].map((from) => [from, from + 3]),
    );
  });

  it('is open at the start if it opened before', () => {
    expect(hoursOpen('2026-11-26T04:00[UTC]', 24, [night])).toEqual([[0, 2]]);
    expect(hoursOpen('2026-11-26T06:00[UTC]', 24, [night])).toEqual([]);
  });

  it('may skip weeks', () => {
    const fortnightly = { ...night, weeks: { every: 2, since: '2026-11-24' } };
    expect(hoursOpen('2026-11-25T00:00[UTC]', 30 * 24, [fortnightly]).map(([from]) => from)).toEqual([27, 27 + 14 * 24, 27 + 28 * 24]);
    expect(hoursOpen('2026-12-01T00:00[UTC]', 10 * 24, [fortnightly])).toEqual([[9 * 24 + 3, 9 * 24 + 6]]);
  });
});

describe('a daily window', () => {
  it('may reach past midnight', () => {
    const late: RecurringWindow = { ...daily, start: '22:00', length: { end: '02:00' } };
    expect(hoursOpen('2026-11-24T00:00[UTC]', 30, [late])).toEqual([
      [0, 2],
      [22, 26],
    ]);
  });

  it('keeps to the wall clock of its own zone', () => {
    expect(hoursOpen('2026-11-24T00:00[Europe/Berlin]', 24, [daily], { timeZone: 'UTC' })).toEqual([[4, 7]]);
  });

  it.each([
    [
      'is an hour earlier by the clock of t = 0 after the clock is put forward',
      '2026-03-28T03:00[Europe/Berlin]',
      [
        [0, 3],
        [23, 26],
      ],
    ],
    [
      'is an hour later after it is put back',
      '2026-10-24T03:00[Europe/Berlin]',
      [
        [0, 3],
        [25, 28],
      ],
    ],
  ])('%s', (_, start, expected) => {
    expect(hoursOpen(start, 30, [daily])).toEqual(expected);
  });

  it('opens later where the clock skips its time, and stays open as long', () => {
    const skipped: RecurringWindow = { ...daily, start: '02:30', length: { duration: hours(2) } };
    expect(hoursOpen('2026-03-29T00:00[Europe/Berlin]', 12, [skipped])).toEqual([[2.5, 4.5]]);
  });

  it('closes by the clock where an end is given, so the change makes it shorter or longer', () => {
    const untilFour: RecurringWindow = { ...daily, start: '01:00', length: { end: '04:00' } };
    expect(hoursOpen('2026-03-29T00:00[Europe/Berlin]', 12, [untilFour])).toEqual([[1, 3]]);
    expect(hoursOpen('2026-10-25T00:00[Europe/Berlin]', 12, [untilFour])).toEqual([[1, 5]]);
  });

  it('does not open on a day on which the clock skips all of it', () => {
    const skipped: RecurringWindow = { ...daily, start: '02:30', length: { end: '03:00' } };
    expect(hoursOpen('2026-03-29T00:00[Europe/Berlin]', 20, [skipped])).toEqual([]);
  });
});

describe('several windows', () => {
  it('that touch or overlap are one', () => {
    const next: RecurringWindow = { ...night, start: '05:00', length: { duration: hours(2) } };
    expect(hoursOpen('2026-11-26T00:00[UTC]', 24, [next, night])).toEqual([[3, 7]]);
  });

  it('are closed during an exclusion', () => {
    const exclusions = [
      { from: '2026-11-25', to: '2026-11-26' },
      { from: '2026-11-26T04:00', to: '2026-11-26T05:00' },
    ];
    expect(hoursOpen('2026-11-24T00:00[UTC]', 72, [daily], { exclusions })).toEqual([
      [3, 6],
      [51, 52],
      [53, 54],
    ]);
  });
});

describe('the window after the horizon', () => {
  const plan: MaintenancePlan = { timeZone: 'UTC', windows: [night], exclusions: [], onClose: 'noNewStart' };

  it('is the first that opens at or after it', () => {
    expect(nextOpening(plan, at('2026-11-26T00:00[UTC]'), hours(24))?.opensAt).toBe((7 * 24 + 3) * HOUR);
  });

  it('is none when an exclusion leaves none for a year', () => {
    const exclusions = [{ from: '2026-11-01', to: '2028-01-01' }];
    expect(nextOpening({ ...plan, exclusions }, at('2026-11-26T00:00[UTC]'), hours(24))).toBeUndefined();
  });
});
