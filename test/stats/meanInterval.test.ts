import { describe, expect, it } from 'vitest';
import { mean, meanInterval } from '../../src/stats/meanInterval.ts';

describe('meanInterval', () => {
  it('uses the 97.5 % point of Student t, 2.262 at 9 degrees of freedom', () => {
    const [low, high] = meanInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const error = Math.sqrt(82.5 / 9) / Math.sqrt(10);
    expect((high - low) / 2 / error).toBeCloseTo(2.262157, 5);
    expect((high + low) / 2).toBeCloseTo(5.5, 12);
  });

  it.each([
    [2, 12.7062],
    [3, 4.30265],
    [31, 2.04227],
    [121, 1.97993],
  ])('agrees with the published table for %i values', (size, point) => {
    const values = Array.from({ length: size }, (_, index) => (index % 2 === 0 ? 1 : -1));
    const center = mean(values);
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (size - 1) / size);
    expect((meanInterval(values)[1] - center) / spread).toBeCloseTo(point, 3);
  });

  it('has no width for equal values and no bounds for a single one', () => {
    expect(meanInterval([3, 3, 3])).toEqual([3, 3]);
    expect(meanInterval([3])).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
