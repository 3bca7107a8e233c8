import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/sim/Distribution.ts';
import { RandomStream } from '../../src/sim/RandomStream.ts';
import { sample } from '../../src/sim/sample.ts';
import { mean } from '../../src/stats/meanInterval.ts';
import { quantiles } from '../../src/stats/quantile.ts';
import { type Duration, milliseconds, minutes, NEVER, seconds } from '../../src/units.ts';

const SIZE = 40_000;
const PROBABILITIES = [0.05, 0.5, 0.95];

describe('sample', () => {
  // Means and quantiles in seconds, from the closed forms of each distribution.
  const cases: [string, Distribution, mean: number, quantiles: number[]][] = [
    ['constant', { kind: 'constant', value: seconds(480) }, 480, [480, 480, 480]],
    ['uniform', { kind: 'uniform', min: seconds(100), max: seconds(300) }, 200, [110, 200, 290]],
    ['triangular', { kind: 'triangular', min: minutes(5), mode: minutes(8), max: minutes(15) }, 560, [373.485, 548.005, 787.75]],
    ['exponential', { kind: 'exponential', mean: seconds(60) }, 60, [3.0776, 41.5888, 179.744]],
    ['logNormal', { kind: 'logNormal', median: seconds(20), p95: seconds(60) }, 24.9975, [6.6667, 20, 60]],
    ['gamma of shape 2', { kind: 'gamma', shape: 2, mean: seconds(100) }, 100, [17.7681, 83.9173, 237.193]],
    ['gamma of shape 1/2', { kind: 'gamma', shape: 0.5, mean: seconds(100) }, 100, [0.39321, 45.4936, 384.146]],
    ['weibull', { kind: 'weibull', shape: 2, scale: seconds(100) }, 88.6227, [22.648, 83.2555, 173.082]],
    ['empirical', { kind: 'empirical', values: [seconds(10), seconds(20), seconds(60)] }, 30, [10, 20, 60]],
    ['mixture', mixtureOf([3, seconds(10)], [1, seconds(50)]), 20, [10, 10, 50]],
  ];

  it.each(cases)('draws %s with the mean and quantiles of theory', (_name, distribution, expectedMean, expectedQuantiles) => {
    const values = draw(distribution, 'theory', SIZE).map((value) => value / 1000);
    expect(Math.abs(mean(values) / expectedMean - 1)).toBeLessThan(0.02);
    quantiles(values, PROBABILITIES).forEach((value, index) => {
      expect(Math.abs(value / (expectedQuantiles[index] ?? 0) - 1)).toBeLessThan(0.04);
    });
  });

  it.each(cases)('draws %s as whole milliseconds that are never negative', (_name, distribution) => {
    expect(draw(distribution, 'whole', 2000).filter((value) => !Number.isInteger(value) || value < 0)).toEqual([]);
  });

  it.each(cases)('draws the same %s from the same stream', (_name, distribution) => {
    expect(draw(distribution, 'again', 50)).toEqual(draw(distribution, 'again', 50));
  });

  it('draws never as often as asked', () => {
    const values = draw({ kind: 'constant', value: seconds(5), never: 0.1 }, 'never', SIZE);
    const share = values.filter((value) => value === NEVER).length / SIZE;
    expect(Math.abs(share - 0.1)).toBeLessThan(0.006);
    expect(values.filter((value) => value !== NEVER && value !== seconds(5))).toEqual([]);
  });

  it('honours the never of a part of a mixture', () => {
    const part: Distribution = { kind: 'constant', value: seconds(5), never: 1 };
    const values = draw({ kind: 'mixture', parts: [{ weight: 1, of: part }] }, 'part', 10);
    expect(values.every((value) => value === NEVER)).toBe(true);
  });

  it('does not keep a spare normal number between calls', () => {
    const [one, other] = [new RandomStream('spare'), new RandomStream('spare')];
    const distribution: Distribution = { kind: 'logNormal', median: seconds(20), p95: seconds(60) };
    sample(distribution, new RandomStream('elsewhere'));
    expect(sample(distribution, one)).toBe(sample(distribution, other));
    expect(one.next()).toBe(other.next());
  });

  it('gives the degenerate cases their only value', () => {
    const value = seconds(7);
    expect(draw({ kind: 'triangular', min: value, mode: value, max: value }, 'a', 3)).toEqual([value, value, value]);
    expect(draw({ kind: 'logNormal', median: value, p95: value }, 'a', 3)).toEqual([value, value, value]);
    expect(draw({ kind: 'triangular', min: value, mode: value, max: seconds(9) }, 'a', 500).filter((drawn) => drawn < value)).toEqual([]);
  });

  it('refuses to draw from nothing', () => {
    expect(() => draw({ kind: 'empirical', values: [] }, 'a', 1)).toThrow(RangeError);
    expect(() => draw({ kind: 'mixture', parts: [] }, 'a', 1)).toThrow(RangeError);
  });

  it('moves with its parameter under common random numbers', () => {
    const short = draw({ kind: 'exponential', mean: seconds(10) }, 'common', 100);
    const long = draw({ kind: 'exponential', mean: seconds(20) }, 'common', 100);
    expect(long.filter((value, index) => Math.abs(value - 2 * (short[index] ?? 0)) > 1)).toEqual([]);
  });
});

function draw(distribution: Distribution, name: string, size: number): Duration[] {
  const stream = new RandomStream(name);
  return Array.from({ length: size }, () => sample(distribution, stream));
}

function mixtureOf(...parts: [weight: number, value: Duration][]): Distribution {
  return { kind: 'mixture', parts: parts.map(([weight, value]) => ({ weight, of: { kind: 'constant', value: milliseconds(value) } })) };
}
