import { describe, expect, it } from 'vitest';
import { exactUpperBound, probabilityInterval, wilsonInterval } from '../../src/stats/probabilityInterval.ts';

describe('wilsonInterval', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published bounds for %i of %i', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });
});

describe('probabilityInterval', () => {
  it.each([1, 30, 100, 1000])('solves (1 - p)^n = 0.05 for 0 of %i', (trials) => {
    const [low, high] = probabilityInterval(0, trials);
    expect(low).toBe(0);
    expect((1 - high) ** trials).toBeCloseTo(0.05, 8);
  });

  it('mirrors the exact bound when all trials succeed', () => {
    expect(probabilityInterval(100, 100)).toEqual([1 - exactUpperBound(100), 1]);
    expect(probabilityInterval(100, 100)[0]).toBeCloseTo(0.05 ** 0.01, 8);
  });

  it('is Wilson in between and everything without trials', () => {
    expect(probabilityInterval(15, 148)).toEqual(wilsonInterval(15, 148));
    expect(probabilityInterval(0, 0)).toEqual([0, 1]);
  });
});
