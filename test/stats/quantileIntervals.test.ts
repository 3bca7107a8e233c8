import { describe, expect, it } from 'vitest';
import { quantileIntervals } from '../../src/stats/quantileIntervals.ts';

const NEVER = Number.POSITIVE_INFINITY;

/** 1 to `count`, so that every value is its own rank. */
const ranks = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const intervalOf = (count: number, probability: number, confidence = 0.95) => quantileIntervals(ranks(count), [probability], confidence)[0];

/** The probability that between `low` and `high` - 1 of `count` values are below the quantile at `probability`, term by term. */
function coverage(count: number, probability: number, [low, high]: readonly [number, number]): number {
  let ways = 1;
  let sum = 0;
  for (let below = 0; below <= count; below += 1) {
    if (below >= low && below < high) sum += ways * probability ** below * (1 - probability) ** (count - below);
    ways = (ways * (count - below)) / (below + 1);
  }
  return sum;
}

describe('quantileIntervals', () => {
  // One more than the critical values of the two-sided sign test at 5 %: Conover, Practical nonparametric statistics, table A3.
  it.each([
    [6, 1, 6],
    [8, 1, 8],
    [9, 2, 8],
    [10, 2, 9],
    [12, 3, 10],
    [15, 4, 12],
    [20, 6, 15],
    [25, 8, 18],
    [50, 18, 33],
    [100, 40, 61],
  ])('gives the published ranks of the median of %i values', (count, low, high) => {
    expect(intervalOf(count, 0.5)).toEqual([low, high]);
  });

  it('holds the median of ten values between the second and the ninth: 1002 of 1024', () => {
    expect(coverage(10, 0.5, [2, 9])).toBe(1002 / 1024);
    expect(intervalOf(10, 0.5, 1001 / 1024)).toEqual([2, 9]);
    expect(intervalOf(10, 0.5, 1003 / 1024)).toEqual([1, 10]);
  });

  it('leaves at most half of the error on either side, and no rank fewer would', () => {
    expect(intervalOf(100, 0.9)).toEqual([84, 96]);
    expect(coverage(100, 0.9, [84, 96])).toBeCloseTo(0.95569, 5);
    expect(coverage(100, 0.9, [0, 84])).toBeCloseTo(0.0206, 4);
    expect(coverage(100, 0.9, [0, 85])).toBeCloseTo(0.0399, 4);
    expect(coverage(100, 0.9, [96, 101])).toBeCloseTo(0.0237, 4);
    expect(coverage(100, 0.9, [95, 101])).toBeCloseTo(0.0576, 4);
  });

  // p^n <= 0.025: the largest of n values is above the quantile at p often enough.
  it.each([
    [0.5, 6],
    [0.9, 36],
    [0.99, 368],
  ])('has no upper bound for the quantile at %d below %i values', (probability, needed) => {
    expect(intervalOf(needed, probability)?.[1]).toBe(needed);
    expect(intervalOf(needed - 1, probability)?.[1]).toBe(NEVER);
  });

  it('has no bound at all without values, and none below for few', () => {
    expect(quantileIntervals([], [0.5])).toEqual([[-NEVER, NEVER]]);
    expect(intervalOf(5, 0.5)).toEqual([-NEVER, NEVER]);
  });

  it('mirrors itself', () => {
    const values = ranks(77);
    const [low, high] = quantileIntervals(values, [0.2, 0.8]);
    expect(low?.map((rank) => 78 - rank).reverse()).toEqual(high);
  });

  it('needs no order and counts never as the largest value', () => {
    const values = [NEVER, 3, 1, NEVER, 2, 4, NEVER, 5, 6];
    expect(quantileIntervals(values, [0.5])).toEqual([[2, NEVER]]);
    expect(values[0]).toBe(NEVER);
  });

  it('is exact for ten thousand values, where the first terms are too small for a number', () => {
    // From integers: the sum of the terms times 100^10000.
    expect(intervalOf(10_000, 0.99)).toEqual([9880, 9920]);
  });
});
