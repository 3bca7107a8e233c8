import { describe, expect, it } from 'vitest';
import { parseStart } from '../../src/scenario/parseStart.ts';
import type { ZonedStart } from '../../src/scenario/Scenario.ts';

function start(text: string): ZonedStart {
  const parsed = parseStart(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

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
    ['+275760-09-12T00:00[UTC]', 'a time after the year 9998'],
    ['2026-03-29T02:30:00[Europe/Berlin]', 'the wall clock skips or repeats this time'],
    ['2026-10-25T02:30:00[Europe/Berlin]', 'the wall clock skips or repeats this time'],
  ])('refuses %s: %s', (text, problem) => {
    expect(parseStart(text)).toMatchObject({ problem });
  });

  it('takes a repeated time whose offset says which is meant', () => {
    const first = start('2026-10-25T02:30:00+02:00[Europe/Berlin]');
    const second = start('2026-10-25T02:30:00+01:00[Europe/Berlin]');
    expect(second.epochMilliseconds - first.epochMilliseconds).toBe(3_600_000);
  });
});
