import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import { AleaNames } from '../../src/sim/AleaNames.ts';
import { AleaStates } from '../../src/sim/AleaStates.ts';

const aName = fc.record({
  series: fc.nat(700),
  number: fc.nat(80),
  radix: fc.constantFrom(2, 10, 36),
  end: fc.constantFrom('', '', 'Z', '-', 'ä'),
});

describe('AleaNames', () => {
  it('hashes names that count up as seedrandom does, however many series take turns', () => {
    fc.assert(
      fc.property(fc.array(aName, { minLength: 1000, maxLength: 2000, size: 'max' }), (entries) => {
        const names = entries.map(({ series, number, radix, end }) => `app-${series}-${number.toString(radix)}${end}`);
        const [hashed, states] = [new AleaNames('7/ready/'), new AleaStates()];
        const firstOf = (name: string) => {
          hashed.hash(name);
          return states.next(states.begin(hashed.hashes));
        };
        expect(names.map(firstOf)).toEqual(names.map((name) => seedrandom.alea(`7/ready/${name}`)()));
      }),
      { numRuns: 10 },
    );
  });
});
