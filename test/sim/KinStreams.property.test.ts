import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RandomNumbers } from '../../src/sim/RandomStream.ts';
import { Simulation } from '../../src/sim/Simulation.ts';

describe('KinStreams', () => {
  it('give the numbers of the full ones, whether names have a stem or not, and whoever else draws in between', () => {
    const stems = ['web-0000', 'web-0001', 'x-', ''].map((letters) => ({ letters }));
    const draw = fc.record({
      stem: fc.constantFrom(...stems),
      last: fc.constantFrom('0', '1', 'z', '\u{20ac}'),
      isKnown: fc.boolean(),
      family: fc.nat(1),
      kin: fc.constantFrom(0, 1, 200),
      size: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(draw, { maxLength: 60 }), (draws) => {
        const [brief, full] = [new Simulation('7'), new Simulation('7')];
        const families = [brief.kinStreams('ready'), brief.kinStreams('ready')];
        for (const { stem, last, isKnown, family, kin, size } of draws) {
          const name = stem.letters + last;
          const given = families[family]?.streamOf(kin, name, isKnown ? stem : undefined);
          expect(given && take(given, size)).toEqual(take(full.stream('ready', name), size));
          expect(brief.briefStream('exit', name).next()).toBe(full.stream('exit', name).next());
        }
      }),
    );
  });
});

function take(numbers: RandomNumbers, size: number): number[] {
  return Array.from({ length: size }, () => numbers.next());
}
