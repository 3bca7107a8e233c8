import { describe, expect, it } from 'vitest';
import { shareOver } from '../../src/stats/shareOver.ts';

const series = (...steps: readonly (readonly [number, number])[]) => ({
  times: steps.map(([time]) => time),
  values: steps.map(([, value]) => value),
});

describe('shareOver', () => {
  it('compares with what was wanted at the time, not before or later', () => {
    const ready = series([0, 2], [20, 5], [30, 8]);
    expect(shareOver(ready, series([0, 2], [10, 8]))).toEqual(series([0, 1], [10, 0.25], [20, 0.625], [30, 1]));
  });

  it('is whole where nothing is wanted, and never more', () => {
    const ready = series([0, 1], [10, 2], [20, 0]);
    expect(shareOver(ready, series([0, 2], [15, 1], [18, 0]))).toEqual(series([0, 0.5], [10, 1], [15, 1], [18, 1], [20, 1]));
  });
});
