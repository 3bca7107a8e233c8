import { describe, expect, it } from 'vitest';
import { nextDue, parseCronSchedule } from '../../src/controllers/cronSchedule.ts';

/** The next times of `schedule` after `from` in Berlin, as ISO text in UTC. */
function dueTimes(text: string, from: string, count: number): string[] {
  const schedule = parseCronSchedule(text);
  if (!schedule) throw new Error(`${text} is no schedule`);
  const times: string[] = [];
  for (let at: number | undefined = Date.parse(from); at !== undefined && times.length < count; ) {
    at = nextDue(schedule, at, 'Europe/Berlin');
    if (at !== undefined) times.push(new Date(at).toISOString().slice(0, 16));
  }
  return times;
}

describe('nextDue', () => {
  it.each([
    ['*/15 * * * *', '2026-11-24T00:07:00Z', ['2026-11-24T00:15', '2026-11-24T00:30']],
    ['30 2 * * *', '2026-11-24T00:00:00Z', ['2026-11-24T01:30', '2026-11-25T01:30']],
    ['0 9 * * mon-fri', '2026-11-27T12:00:00Z', ['2026-11-30T08:00', '2026-12-01T08:00']],
    ['0 0 13 * fri', '2026-11-12T23:30:00Z', ['2026-11-19T23:00', '2026-11-26T23:00']],
    ['0 0 31 * *', '2026-11-24T00:00:00Z', ['2026-12-30T23:00', '2027-01-30T23:00']],
    ['0 12 29 feb *', '2026-11-24T00:00:00Z', ['2028-02-29T11:00']],
    ['@hourly', '2026-11-24T00:07:00Z', ['2026-11-24T01:00']],
    ['@every 1h30m', '2026-11-24T00:07:00Z', ['2026-11-24T01:37', '2026-11-24T03:07']],
    ['TZ=UTC 0 9 * * *', '2026-11-24T00:07:00Z', ['2026-11-24T09:00']],
    ['CRON_TZ=America/New_York @daily', '2026-11-24T00:07:00Z', ['2026-11-24T05:00']],
    ['5/20 0 * * *', '2026-11-23T23:00:00Z', ['2026-11-23T23:05', '2026-11-23T23:25', '2026-11-23T23:45']],
  ])('%s after %s is due at %j', (text, from, expected) => {
    expect(dueTimes(text, from, expected.length)).toEqual(expected);
  });

  // Monday 2026-11-23 is followed by the odd days 25, 27 and 29.
  it('takes either day unless one of them is a plain star: one with a step is not', () => {
    expect(dueTimes('0 12 */2 * mon', '2026-11-23T00:00:00Z', 3)).toEqual(['2026-11-23T11:00', '2026-11-25T11:00', '2026-11-27T11:00']);
    expect(dueTimes('0 12 */1 * mon', '2026-11-23T00:00:00Z', 2)).toEqual(['2026-11-23T11:00', '2026-11-30T11:00']);
  });

  it('steps through the days of a week up to Saturday', () => {
    expect(dueTimes('0 12 * * mon/3', '2026-11-23T00:00:00Z', 3)).toEqual(['2026-11-23T11:00', '2026-11-26T11:00', '2026-11-30T11:00']);
  });

  it('leaves out a time that daylight saving skips', () => {
    expect(dueTimes('30 2 * * *', '2026-03-28T12:00:00Z', 1)).toEqual(['2026-03-30T00:30']);
  });

  it('is never due on a date that does not exist', () => {
    expect(dueTimes('0 0 31 feb *', '2026-11-24T00:00:00Z', 1)).toEqual([]);
  });
});

describe('parseCronSchedule', () => {
  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '5-1 * * * *',
    '*/0 * * * *',
    '@often',
    'a * * * *',
    '* * * * 7',
    '@every',
    '@every now',
    'TZ=Mars/Phobos 0 9 * * *',
  ])('refuses "%s"', (text) => {
    expect(parseCronSchedule(text)).toBeUndefined();
  });
});
