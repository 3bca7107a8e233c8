import { describe, expect, it } from 'vitest';
import { quantileInterval } from '../../src/stats/quantileInterval.ts';

const upTo = (size: number) => Array.from({ length: size }, (_, index) => index + 1);

describe('quantileInterval', () => {
  // Ranks for the median at 95 %: Conover, Practical Nonparametric Statistics, table A3 (binomial, p = 0.5).
  it.each([
    [10, 2, 9],
    [20, 6, 15],
    [30, 10, 21],
  ])('takes the tabled ranks of the median of %i values', (size, low, high) => {
    expect(quantileInterval(upTo(size).reverse(), 0.5)).toEqual([low, high]);
  });

  it('covers the true quantile with at least the wanted confidence', () => {
    const size = 200;
    const [low, high] = quantileInterval(upTo(size), 0.9);
    let covered = 0;
    let mass = 0.1 ** size;
    for (let below = 0; below <= size; below++) {
      if (below >= low && below < high) covered += mass;
      mass *= ((size - below) / (below + 1)) * 9;
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
    expect(covered).toBeLessThan(0.98);
  });

  it('does not bound a side the data say nothing about', () => {
    expect(quantileInterval(upTo(50), 0.99)[1]).toBe(Number.POSITIVE_INFINITY);
    expect(quantileInterval(upTo(4), 0.5)).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
