import { describe, expect, it } from 'vitest';
import type { ZonedStart } from '../../src/scenario/Scenario.ts';
import { hourOfWeek, instantOf, nextHour, parseStart, startAt } from '../../src/scenario/startAt.ts';
import { instant, minutes, START } from '../../src/units.ts';

function start(text: string): ZonedStart {
  const parsed = parseStart(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

const hours = (count: number) => instant(count * 3_600_000);

describe('parseStart', () => {
  it('reads a time with its zone, with and without an offset', () => {
    expect(start('2026-11-24T01:00:00[Europe/Berlin]')).toEqual({
      text: '2026-11-24T01:00:00+01:00[Europe/Berlin]',
      timeZone: 'Europe/Berlin',
      epochMilliseconds: Date.UTC(2026, 10, 24, 0),
    });
    expect(start('2026-11-24T01:00:00+01:00[Europe/Berlin]').epochMilliseconds).toBe(Date.UTC(2026, 10, 24, 0));
  });

  it.each([
    ['2026-11-24T01:00:00', 'a time without a zone'],
    ['2026-11-24T01:00:00Z', 'a time without a zone'],
    ['2026-11-24T01:00:00[Europe/Berln]', 'not a time with a zone'],
    ['2026-13-24T01:00:00[Europe/Berlin]', 'not a time with a zone'],
    ['2026-11-24T01:00:00+02:00[Europe/Berlin]', 'the offset is not the one of the zone at that time'],
    ['2026-03-29T02:30:00[Europe/Berlin]', 'the wall clock skips or repeats this time'],
    ['2026-10-25T02:30:00[Europe/Berlin]', 'the wall clock skips or repeats this time'],
  ])('refuses %s: %s', (text, problem) => {
    expect(parseStart(text)).toMatchObject({ problem });
  });

  it('takes a repeated time whose offset says which is meant', () => {
    const first = start('2026-10-25T02:30:00+02:00[Europe/Berlin]');
    const second = start('2026-10-25T02:30:00+01:00[Europe/Berlin]');
    expect(instantOf(second, first)).toBe(hours(1));
  });
});

describe('startAt', () => {
  it('moves on real time, so the wall clock jumps over the hour that daylight saving skips', () => {
    expect(startAt(start('2026-03-29T01:00:00[Europe/Berlin]'), minutes(60)).text).toBe('2026-03-29T03:00:00+02:00[Europe/Berlin]');
  });
});

describe('hourOfWeek', () => {
  it('counts from Monday 00:00 on the wall clock of the zone', () => {
    expect(hourOfWeek(start('2026-01-05T00:00:00[UTC]'), START)).toBe(0);
    expect(hourOfWeek(start('2026-01-05T00:00:00[UTC]'), hours(167))).toBe(167);
    expect(hourOfWeek(start('2026-01-05T00:00:00[UTC]'), hours(168))).toBe(0);
  });

  it('skips an hour in spring and repeats one in autumn', () => {
    const spring = start('2026-03-29T01:30:00[Europe/Berlin]');
    expect([hours(0), hours(1)].map((at) => hourOfWeek(spring, at))).toEqual([145, 147]);
    const autumn = start('2026-10-25T01:30:00[Europe/Berlin]');
    expect([hours(0), hours(1), hours(2), hours(3)].map((at) => hourOfWeek(autumn, at))).toEqual([145, 146, 146, 147]);
  });
});

describe('nextHour', () => {
  it('is the next full hour on the wall clock, never now', () => {
    expect(nextHour(start('2026-01-05T00:20:00[UTC]'), START)).toBe(minutes(40));
    expect(nextHour(start('2026-01-05T00:00:00[UTC]'), START)).toBe(hours(1));
  });

  it('follows zones whose offset has half an hour', () => {
    expect(nextHour(start('2026-01-05T00:20:00[Asia/Kolkata]'), START)).toBe(minutes(40));
  });
});
