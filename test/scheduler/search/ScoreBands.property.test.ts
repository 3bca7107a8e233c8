import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBit } from '../../../src/scheduler/search/bits.ts';
import { BAND_SHIFT, ScoreBands } from '../../../src/scheduler/search/ScoreBands.ts';

const NODES = 40;
const HIGHEST = 200;
const anyMove = fc.record({ position: fc.nat(NODES - 1), score: fc.constantFrom(-1, 0, 7, 8, 63, 64, HIGHEST) });

describe('ScoreBands', () => {
  it('has every node in the band of the score it was last given, and in no other', () => {
    const check = (moves: readonly { readonly position: number; readonly score: number }[]) => {
      const bands = new ScoreBands(NODES);
      const scores = Array.from({ length: NODES }, () => -1);
      for (const { position, score } of moves) {
        bands.put(position, score);
        scores[position] = score;
      }
      for (let band = 0; band <= HIGHEST >> BAND_SHIFT; band += 1) {
        const words = bands.words.subarray(band * bands.length, (band + 1) * bands.length);
        const members = scores.map((_, position) => hasBit(words, position));
        expect(members).toEqual(scores.map((score) => score >= 0 && score >> BAND_SHIFT === band));
      }
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 60 }), check));
  });
});
