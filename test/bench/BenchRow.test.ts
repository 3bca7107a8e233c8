import { describe, expect, it } from 'vitest';
import { growthExponent } from './BenchRow.ts';

describe('growthExponent', () => {
  it('is 1 for time in proportion to nodes and 2 for its square', () => {
    const sizes = [100, 1000, 5000];
    expect(growthExponent(sizes.map((nodes) => ({ nodes, wallSeconds: nodes * 3 })))).toBeCloseTo(1, 10);
    expect(growthExponent(sizes.map((nodes) => ({ nodes, wallSeconds: nodes ** 2 / 7 })))).toBeCloseTo(2, 10);
  });

  it('is unknown with a single size', () => {
    expect(growthExponent([{ nodes: 100, wallSeconds: 1 }])).toBeUndefined();
  });
});
