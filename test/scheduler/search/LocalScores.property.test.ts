import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putBit, wordsFor } from '../../../src/scheduler/search/bits.ts';
import { LocalScores, MOST_LOCAL } from '../../../src/scheduler/search/LocalScores.ts';

const NODES = 40;
const anyMove = fc.record({
  position: fc.nat(NODES - 1),
  isUntainted: fc.boolean(),
  score: fc.constantFrom(0, 1, 7, 150, MOST_LOCAL),
  isAsking: fc.boolean(),
});
type Move = typeof anyMove extends fc.Arbitrary<infer M> ? M : never;

describe('LocalScores', () => {
  it('knows the score of every node, and of the untainted ones in each block the highest', () => {
    const check = (moves: readonly Move[]) => {
      const untainted = new Int32Array(wordsFor(NODES));
      const scores = new LocalScores(NODES, untainted);
      const last = new Map<number, Move>();
      for (const move of moves) {
        putBit(untainted, move.position, move.isUntainted);
        scores.put(move.position, move.score);
        last.set(move.position, move);
        if (move.isAsking) expect(scores.highestIn(0)).toBe(highestIn(0, [...last.values()]));
      }
      expect([...scores.of]).toEqual(Array.from({ length: NODES }, (_, position) => last.get(position)?.score ?? 0));
      expect([0, 1].map((block) => scores.highestIn(block))).toEqual([0, 1].map((block) => highestIn(block, [...last.values()])));
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 80 }), check));
  });
});

function highestIn(block: number, moves: readonly Move[]): number {
  return Math.max(0, ...moves.filter((move) => move.position >> 5 === block && move.isUntainted).map(({ score }) => score));
}
