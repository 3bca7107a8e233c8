import { describe, expect, it } from 'vitest';
import { durationHistogram } from '../../src/charts/durationHistogram.ts';
import { optionsOf, subtitleOf } from '../support/readDrawing.ts';

const hundred = Array.from({ length: 101 }, (_, index) => 3600 + 6 * index);

describe('durationHistogram', () => {
  it('counts every finished replication once, at the middle of its bin in minutes', () => {
    const [dataset] = durationHistogram({ durations: [600, 600, 660, 1200] }).configuration.data.datasets;
    const points = dataset && 'data' in dataset ? (dataset.data as { x: number; y: number }[]) : [];
    expect(points.reduce((sum, point) => sum + point.y, 0)).toBe(4);
    expect(points[0]?.x).toBeGreaterThan(9);
    expect(points[0]?.y).toBe(3);
  });

  it('marks the quantiles and the allowed duration', () => {
    expect(marksOf({ durations: hundred, limitSeconds: 5400 })).toEqual([
      'median: 65 min (64–66)',
      '90 %: 69 min (68.4–69.6)',
      '99 %: 69.9 min (at least 69.7)',
      'allowed: 90 min',
    ]);
  });

  it('says in words what is allowed where it lies so far off that the bars could not be told apart', () => {
    const input = { durations: hundred, limitSeconds: 20 * 3600 };
    expect(marksOf(input)).not.toContainEqual(expect.stringContaining('allowed'));
    expect(subtitleOf(durationHistogram(input))).toBe(
      '101 replications; in brackets 95 % intervals; allowed are 1200 min, far off this axis',
    );
    expect(marksOf({ durations: [Number.POSITIVE_INFINITY], limitSeconds: 60 })).toEqual(['allowed: 60 s']);
  });

  it('marks only quantiles that the number of replications supports', () => {
    expect(marksOf({ durations: [600, 660, 720] })).toEqual(['median: 11 min']);
    expect(marksOf({ durations: hundred.slice(0, 50) })).toHaveLength(2);
  });

  it('writes as many digits as the bars can be told apart by', () => {
    const long = Array.from({ length: 30 }, (_, index) => 6780 + index);
    expect(marksOf({ durations: long })).toEqual(['median: 113.2 min (113.2–113.3)', '90 %: 113.4 min (at least 113.4)']);
  });

  it('marks equal quantiles once', () => {
    expect(marksOf({ durations: hundred.map(() => 480) })).toEqual(['median: 8 min']);
  });

  it('says how many replications did not finish and marks no quantile among them', () => {
    const durations = [...hundred.slice(0, 80), ...Array.from({ length: 20 }, () => Number.POSITIVE_INFINITY)];
    expect(subtitleOf(durationHistogram({ durations }))).toBe(
      '100 replications; 20 did not finish and are not shown; in brackets 95 % intervals',
    );
    expect(marksOf({ durations })).toHaveLength(1);
  });
});

function marksOf(input: Parameters<typeof durationHistogram>[0]): unknown[] {
  const marks = optionsOf(durationHistogram(input)).plugins.annotation?.annotations;
  return Object.values(marks ?? {}).map((mark) => mark.label?.content);
}
