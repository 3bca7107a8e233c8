import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomNumbers } from '../../src/sim/RandomStream.ts';
import { Simulation } from '../../src/sim/Simulation.ts';

describe('brief streams', () => {
  it('give the numbers of the full ones, however many entities there are and in whatever order they draw', () => {
    const draw = fc.record({ purpose: fc.constantFrom('ready', 'exit'), entity: fc.nat(3000), size: fc.integer({ min: 0, max: 20 }) });
    fc.assert(
      fc.property(fc.array(draw, { minLength: 2000, maxLength: 3000, size: 'max' }), (draws) => {
        const [brief, full] = [new Simulation('7'), new Simulation('7')];
        const given = draws.map(({ purpose, entity, size }) => take(brief.briefStream(purpose, `pod-${entity}`), size));
        expect(given).toEqual(draws.map(({ purpose, entity, size }) => take(full.stream(purpose, `pod-${entity}`), size)));
      }),
      { numRuns: 20 },
    );
  });

  it('go on after many numbers', () => {
    const [brief, full] = [new Simulation('7'), new Simulation('7')];
    for (let i = 0; i < 100; i += 1) {
      expect(brief.briefStream('ready', 'a').next()).toBe(full.stream('ready', 'a').next());
      expect(brief.briefStream('ready', 'b').next()).toBe(full.stream('ready', 'b').next());
    }
  });
});

function take(numbers: RandomNumbers, size: number): number[] {
  return Array.from({ length: size }, () => numbers.next());
}
