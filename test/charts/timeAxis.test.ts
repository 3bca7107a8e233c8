import { describe, expect, it } from 'vitest';
import { timeAxis } from '../../src/charts/timeAxis.ts';

describe('timeAxis', () => {
  it.each([
    [90, 's', 10],
    [600, 'min', 1],
    [5400, 'min', 10],
    [14_400, 'min', 15],
    [20_000, 'h', 0.5],
    [86_400, 'h', 2],
    [7 * 86_400, 'h', 12],
    [60 * 86_400, 'h', 144],
  ])('reads %i seconds in round steps of the unit people use', (seconds, unit, step) => {
    const axis = timeAxis(seconds);
    expect(axis.title.text).toBe(`Time since the start of the roll (${unit})`);
    expect(axis.ticks.stepSize).toBe(step);
    expect(axis.max / axis.ticks.stepSize).toBeLessThanOrEqual(16);
  });
});
