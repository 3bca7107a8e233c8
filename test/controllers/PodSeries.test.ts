import { describe, expect, it } from 'vitest';
import { keyHash } from '../../src/cluster/keyHash.ts';
import { PodSeries } from '../../src/controllers/PodSeries.ts';
import { aReplicaSet } from '../support/builders.ts';

describe('PodSeries', () => {
  it('counts keys up in base 36, with at least five digits', () => {
    const keys = keysOf(new PodSeries(aReplicaSet('web', 1)), 36 * 36 + 1);
    const few = [1, 2, 35, 36, 36 * 36 - 1, 36 * 36].map((number) => keys[number - 1]);
    const suffixes = ['00001', '00002', '0000z', '00010', '000zz', '00100'];
    expect(few).toEqual(suffixes.map((suffix) => `default/web-${suffix}`));
  });

  it('goes on with one digit more when all are used up', () => {
    const keys = keysOf(new PodSeries(aReplicaSet('web', 1), 1), 36 * 36 + 1);
    const few = [35, 36, 36 * 36 - 1, 36 * 36].map((number) => keys[number - 1]);
    expect(few).toEqual(['z', '10', 'zz', '100'].map((suffix) => `default/web-${suffix}`));
  });

  it('gives the hash of every key', () => {
    const series = new PodSeries(aReplicaSet('web', 1));
    for (let made = 0; made < 100; made += 1) {
      const { key, hash } = series.next();
      expect(hash).toBe(keyHash(key));
    }
  });

  it('gives one stem to the keys that differ in their last character only', () => {
    const series = new PodSeries(aReplicaSet('web', 1), 1);
    const letters = new Map<unknown, string>();
    for (let made = 0; made < 36 * 37; made += 1) {
      const { key, stem } = series.next();
      if (!letters.has(stem)) letters.set(stem, key.slice(0, -1));
      expect(letters.get(stem)).toBe(key.slice(0, -1));
    }
    expect(letters.size).toBe(38);
  });
});

function keysOf(series: PodSeries, count: number): readonly string[] {
  return Array.from({ length: count }, () => series.next().key);
}
