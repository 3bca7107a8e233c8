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
  it('knows the score of every node, and of the untainted ones in each block the highest and who has it', () => {
    const check = (moves: readonly Move[]) => {
      const untainted = new Int32Array(wordsFor(NODES));
      const scores = new LocalScores(NODES, untainted);
      const last = new Map<number, Move>();
      for (const move of moves) {
        putBit(untainted, move.position, move.isUntainted);
        scores.of[move.position] = move.score;
        const bit = 1 << (move.position & 31);
        scores.rank(move.position >> 5, bit, move.isUntainted ? move.score : 0, move.isUntainted ? bit : 0);
        last.set(move.position, move);
        if (move.isAsking) expect(bestIn(0, scores)).toEqual(bestOf(0, [...last.values()]));
      }
      expect([...scores.of]).toEqual(Array.from({ length: NODES }, (_, position) => last.get(position)?.score ?? 0));
      for (const block of [0, 1]) {
        expect(bestIn(block, scores)).toEqual(bestOf(block, [...last.values()]));
        expect(isRanked(block, scores)).toBe(true);
      }
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 80 }), check));
  });
});

interface Best {
  readonly highest: number;
  readonly positions: readonly number[];
}

/** As `scores` has it. */
function bestIn(block: number, scores: LocalScores): Best {
  const highest = scores.highest[block] ?? 0;
  const first = block << 5;
  const bits = scores.best[block] ?? 0;
  return { highest, positions: Array.from({ length: 32 }, (_, bit) => first + bit).filter((position) => (bits >> (position & 31)) & 1) };
}

/** Whether `block` is among those of its highest score. */
function isRanked(block: number, { highest, ranking }: LocalScores): boolean {
  return ((ranking.blocksIn(highest[block] ?? 0, 0) >> block) & 1) === 1;
}

/** As it follows from the last move of each node. */
function bestOf(block: number, moves: readonly Move[]): Best {
  const untainted = moves.filter((move) => move.position >> 5 === block && move.isUntainted);
  const highest = Math.max(0, ...untainted.map(({ score }) => score));
  const positions = untainted.filter(({ score }) => score === highest).map(({ position }) => position);
  return { highest, positions: positions.sort((a, b) => a - b) };
}
