import { describe, expect, it } from 'vitest';
import { IN_ROW, PodRows, ROW } from '../../src/cluster/PodRows.ts';
import { aPod, podOutside } from '../support/builders.ts';

describe('PodRows', () => {
  it('keeps what is in its rows when it grows', () => {
    const rows = new PodRows();
    for (const slot of [0, 1000]) {
      const pod = Object.assign(podOutside(aPod(`p${slot}`)), { slot });
      rows.put(pod);
      rows.numbers[ROW * slot + IN_ROW.hash] = slot + 7;
      expect(rows.pods[slot]).toBe(pod);
    }
    expect([0, 1000].map((slot) => rows.numbers[ROW * slot + IN_ROW.hash])).toEqual([7, 1007]);
  });

  it('has every column', () => {
    expect(Math.max(...Object.values(IN_ROW))).toBeLessThan(ROW);
  });
});
