import { describe, expect, it } from 'vitest';
import { type TaintingRate, taintingRate } from '../../src/controllers/taintingRate.ts';

type Zone = readonly [total: number, down: number];

const cases: readonly { zones: readonly Zone[]; rates: readonly TaintingRate[] }[] = [
  { zones: [[3, 2]], rates: ['normal'] },
  { zones: [[6, 3]], rates: ['normal'] },
  { zones: [[5, 3]], rates: ['stopped'] },
  { zones: [[6, 4]], rates: ['stopped'] },
  { zones: [[60, 33]], rates: ['slow'] },
  { zones: [[60, 32]], rates: ['normal'] },
  { zones: [[3, 3]], rates: ['stopped'] },
  {
    zones: [
      [3, 3],
      [3, 0],
    ],
    rates: ['normal', 'normal'],
  },
  {
    zones: [
      [3, 3],
      [2, 2],
    ],
    rates: ['stopped', 'stopped'],
  },
];

describe('taintingRate', () => {
  it.each(cases)('gives $rates for zones of [nodes, down] $zones', ({ zones, rates }) => {
    const counts = zones.map(([total, down]) => ({ total, down }));
    expect(counts.map((count) => taintingRate(count, counts))).toEqual(rates);
  });
});
