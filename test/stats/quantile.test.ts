import { describe, expect, it } from 'vitest';
import { quantile, quantiles } from '../../src/stats/quantile.ts';

describe('quantile', () => {
  it('interpolates between neighbours as type 7 does', () => {
    expect(quantiles([4, 1, 3, 2], [0, 0.25, 0.5, 0.9, 1])).toEqual([1, 1.75, 2.5, 3.7, 4]);
  });

  it('does not change or need the order of its values', () => {
    const values = [9, 100, 10];
    expect(quantile(values, 0.5)).toBe(10);
    expect(values).toEqual([9, 100, 10]);
  });

  it('gives the value itself for one value', () => {
    expect(quantiles([7], [0, 0.5, 0.99])).toEqual([7, 7, 7]);
  });

  it('is not a number without values', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('treats never as the largest value', () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(quantiles([1, 2, infinity, infinity, infinity], [0.25, 0.3, 0.9])).toEqual([2, infinity, infinity]);
  });
});
