import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberSet } from '../../src/sim/NumberSet.ts';

describe('NumberSet', () => {
  it('has what a Set has', () => {
    const number = fc.oneof(fc.nat(70), fc.nat(20_000));
    const deeds = fc.array(fc.record({ what: fc.constantFrom('add', 'delete'), number }), { maxLength: 100 });
    fc.assert(
      fc.property(deeds, fc.array(number), (list, others) => {
        const [set, plain] = [new NumberSet(), new Set<number>()];
        for (const { what, number: one } of list) {
          set[what](one);
          plain[what](one);
        }
        for (const one of [...list.map((deed) => deed.number), ...others]) expect(set.has(one)).toBe(plain.has(one));
      }),
    );
  });
});
