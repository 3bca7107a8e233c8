import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/sim/Distribution.ts';
import { leastOf } from '../../src/sim/leastOf.ts';
import { minutes, ZERO } from '../../src/units.ts';

const [five, eight, nine] = [minutes(5), minutes(8), minutes(9)];

describe('leastOf', () => {
  it.each<[Distribution, number]>([
    [{ kind: 'constant', value: eight, never: 0.5 }, eight],
    [{ kind: 'uniform', min: five, max: nine }, five],
    [{ kind: 'triangular', min: five, mode: eight, max: nine }, five],
    [{ kind: 'empirical', values: [nine, five, eight] }, five],
    [{ kind: 'exponential', mean: five }, ZERO],
    [{ kind: 'logNormal', median: five, p95: nine }, ZERO],
    [
      {
        kind: 'mixture',
        parts: [
          { weight: 1, of: { kind: 'constant', value: nine } },
          { weight: 3, of: { kind: 'uniform', min: eight, max: nine } },
          { weight: 0, of: { kind: 'constant', value: five } },
        ],
      },
      eight,
    ],
  ])('of %j is %d', (distribution, least) => {
    expect(leastOf(distribution)).toBe(least);
  });
});
