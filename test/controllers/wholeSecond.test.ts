import { describe, expect, it } from 'vitest';
import { wholeSecond } from '../../src/controllers/wholeSecond.ts';
import { instant } from '../../src/units.ts';

describe('wholeSecond', () => {
  it.each([
    { start: 0, at: 2999, whole: 2000 },
    { start: 0, at: -1, whole: -1000 },
    { start: 1300, at: 2600, whole: 1700 },
    { start: 1300, at: 2700, whole: 2700 },
  ])('of $at ms after $start ms is $whole ms', ({ start, at, whole }) => {
    expect(wholeSecond(instant(at), start)).toBe(whole);
  });
});
