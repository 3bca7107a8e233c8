import { describe, expect, it } from 'vitest';
import { histogram } from '../../src/stats/histogram.ts';

describe('histogram', () => {
  it('counts every value in exactly one bin, on whichever edge it lies', () => {
    const values = Array.from({ length: 101 }, (_, index) => index / 10);
    const bins = histogram(values);
    expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(101);
    for (const bin of bins) expect(bin.count).toBe(values.filter((value) => value >= bin.from && value < bin.to).length);
  });

  it('covers the values with bins of one round width', () => {
    const bins = histogram([1003, 1021, 1044, 1050, 1062, 1081, 1099]);
    expect(bins[0]?.from).toBeLessThanOrEqual(1003);
    expect(bins.at(-1)?.to).toBeGreaterThan(1099);
    expect(new Set(bins.map((bin) => bin.to - bin.from)).size).toBe(1);
    expect([20, 25, 50]).toContain((bins[0]?.to ?? 0) - (bins[0]?.from ?? 0));
  });

  it('keeps to its limit when one value lies far out', () => {
    expect(histogram([...Array.from({ length: 500 }, (_, index) => index / 500), 10_000], 20).length).toBeLessThanOrEqual(20);
  });

  it('gives equal values one bin, and nothing for nothing', () => {
    expect(histogram([480, 480, 480])).toHaveLength(1);
    expect(histogram([480, 480, 480])[0]?.count).toBe(3);
    expect(histogram([0])).toHaveLength(1);
    expect(histogram([])).toEqual([]);
  });

  it('leaves out what never ended', () => {
    expect(histogram([5, Number.POSITIVE_INFINITY]).reduce((sum, bin) => sum + bin.count, 0)).toBe(1);
  });
});
