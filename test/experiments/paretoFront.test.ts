import { describe, expect, it } from 'vitest';
import { paretoFront } from '../../src/experiments/paretoFront.ts';

const frontOf = (...settings: readonly (readonly [string, number, number])[]) =>
  paretoFront(settings, ([, durationSeconds, outageSeconds]) => ({ durationSeconds, outageSeconds })).map(([name]) => name);

describe('paretoFront', () => {
  it('keeps what no other setting beats, the shortest first', () => {
    expect(frontOf(['gentle', 90, 0], ['beaten', 60, 20], ['middle', 50, 20], ['fast', 30, 80])).toEqual(['fast', 'middle', 'gentle']);
  });

  it('keeps all that are equal, and none that only takes longer or is only down for more', () => {
    expect(frontOf(['one', 30, 10], ['other', 30, 10], ['longer', 40, 10], ['worse', 30, 20])).toEqual(['one', 'other']);
  });

  it('of no settings is empty', () => {
    expect(frontOf()).toEqual([]);
  });
});
