import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBit } from '../../../src/scheduler/search/bits.ts';
import { FIRST_TAINTED, ScoreBands } from '../../../src/scheduler/search/ScoreBands.ts';

const NODES = 40;
const anyMove = fc.record({ position: fc.nat(NODES - 1), band: fc.constantFrom(-1, 0, 3, 25, FIRST_TAINTED, FIRST_TAINTED + 25) });

describe('ScoreBands', () => {
  it('has every node in the band that it was last put into, and in no other', () => {
    const check = (moves: readonly { readonly position: number; readonly band: number }[]) => {
      const bands = new ScoreBands(NODES);
      const places = Array.from({ length: NODES }, () => -1);
      for (const { position, band } of moves) {
        bands.put(position, band);
        places[position] = band;
      }
      for (const [band, size] of bands.sizes.entries()) {
        const words = bands.words.subarray(band * bands.length, (band + 1) * bands.length);
        const members = places.map((place) => place === band);
        expect(places.map((_, position) => hasBit(words, position))).toEqual(members);
        expect(size).toBe(members.filter(Boolean).length);
      }
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 60 }), check));
  });
});
