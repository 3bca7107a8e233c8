import { describe, expect, it } from 'vitest';
import { startsBetween, weekFrom } from '../../src/experiments/startsBetween.ts';
import { minutes } from '../../src/units.ts';

const hour = minutes(60);
const berlin = (date: string, offset: string) => ({
  text: `${date}T00:00:00${offset}[Europe/Berlin]`,
  timeZone: 'Europe/Berlin',
  epochMilliseconds: Date.parse(`${date}T00:00:00${offset}`),
});

describe('startsBetween', () => {
  it.each([
    { day: '2026-10-25', next: '2026-10-26', offsets: ['+02:00', '+01:00'], count: 25 },
    { day: '2026-03-29', next: '2026-03-30', offsets: ['+01:00', '+02:00'], count: 23 },
    { day: '2026-06-01', next: '2026-06-02', offsets: ['+02:00', '+02:00'], count: 24 },
  ])('gives $count hourly starts on $day in Berlin', ({ day, next, offsets, count }) => {
    const starts = startsBetween(berlin(day, offsets[0] ?? ''), berlin(next, offsets[1] ?? ''), hour);
    expect(starts).toHaveLength(count);
    expect(new Set(starts.map(({ text }) => text)).size).toBe(count);
  });

  it('keeps the wall clock from day to day, also over a change of the clock', () => {
    const week = startsBetween(berlin('2026-10-24', '+02:00'), berlin('2026-10-28', '+01:00'), minutes(24 * 60)).map(({ text }) => text);
    expect(week.map((text) => text.slice(0, 22))).toEqual([
      '2026-10-24T00:00:00+02',
      '2026-10-25T00:00:00+02',
      '2026-10-26T00:00:00+01',
      '2026-10-27T00:00:00+01',
    ]);
    const skipped = { ...berlin('2026-03-28', '+01:00'), epochMilliseconds: Date.parse('2026-03-28T02:30:00+01:00') };
    const nights = startsBetween(skipped, berlin('2026-03-31', '+02:00'), minutes(24 * 60)).map(({ text }) => text.slice(8, 22));
    expect(nights).toEqual(['28T02:30:00+01', '29T03:30:00+02', '30T02:30:00+02']);
  });

  it('writes the hour that is repeated in autumn with both offsets', () => {
    const starts = startsBetween(berlin('2026-10-25', '+02:00'), berlin('2026-10-26', '+01:00'), hour).map(({ text }) => text);
    expect(starts.slice(2, 4)).toEqual(['2026-10-25T02:00:00+02:00[Europe/Berlin]', '2026-10-25T02:00:00+01:00[Europe/Berlin]']);
  });
});

describe('weekFrom', () => {
  it('begins with the full hour and ends on the same wall clock a week later, also over a change of the clock', () => {
    const { from, to } = weekFrom({ ...berlin('2026-10-24', '+02:00'), epochMilliseconds: Date.parse('2026-10-24T09:20:00+02:00') });
    expect(from.text).toBe('2026-10-24T09:00:00+02:00[Europe/Berlin]');
    expect(to.text).toBe('2026-10-31T09:00:00+01:00[Europe/Berlin]');
    expect(startsBetween(from, to, hour)).toHaveLength(169);
  });
});
