import { describe, expect, it } from 'vitest';
import { hoursOfWeek } from '../../src/scenario/hoursOfWeek.ts';
import { parseStart } from '../../src/scenario/parseStart.ts';
import type { ZonedStart } from '../../src/scenario/Scenario.ts';
import { type Instant, instant } from '../../src/units.ts';

const MINUTE = 60_000;
const SUNDAY = 6 * 24;

describe('hoursOfWeek', () => {
  it.each([
    [
      'an ordinary start between two full hours',
      '2026-03-01T00:30[Europe/Berlin]',
      [
        [0, 30],
        [1, 60],
        [2, 60],
        [3, 30],
      ],
    ],
    [
      'half an hour that is repeated',
      '2026-04-05T00:30[Australia/Lord_Howe]',
      [
        [0, 30],
        [1, 60],
        [1, 30],
        [2, 60],
      ],
    ],
    [
      'half an hour that is skipped',
      '2026-10-04T00:30[Australia/Lord_Howe]',
      [
        [0, 30],
        [1, 60],
        [2, 30],
        [3, 60],
      ],
    ],
    [
      'an hour that is repeated',
      '2026-10-25T01:30[Europe/Berlin]',
      [
        [1, 30],
        [2, 60],
        [2, 60],
        [3, 30],
      ],
    ],
    [
      'an hour that is skipped',
      '2026-03-29T01:30[Europe/Berlin]',
      [
        [1, 30],
        [3, 60],
        [4, 60],
        [5, 30],
      ],
    ],
  ])('cuts three hours of a Sunday with %s', (_, start, hours) => {
    const cut = hoursOfWeek(parsed(start), instant(180 * MINUTE));
    expect(cut.map(({ hour, from, to }) => [hour - SUNDAY, (to - from) / MINUTE])).toEqual(hours);
    expect(cut.map(({ from }) => from)).toEqual([0, ...cut.slice(0, -1).map(({ to }): Instant => to)]);
  });
});

function parsed(text: string): ZonedStart {
  const start = parseStart(text);
  if ('problem' in start) throw new Error(start.problem);
  return start;
}
