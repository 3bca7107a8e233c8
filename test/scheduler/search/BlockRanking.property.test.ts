import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BlockRanking } from '../../../src/scheduler/search/BlockRanking.ts';

const BLOCKS = 70;
const MOST = 100;

describe('BlockRanking', () => {
  it('goes down from score to score, and knows the blocks of each', () => {
    const moves = fc.array(fc.record({ block: fc.nat(BLOCKS - 1), score: fc.nat(MOST) }), { maxLength: 200 });
    const check = (list: readonly { readonly block: number; readonly score: number }[]) => {
      const ranking = new BlockRanking(BLOCKS, MOST);
      const scores = new Array<number>(BLOCKS).fill(0);
      for (const { block, score } of list) {
        ranking.move(block, scores[block] ?? 0, score);
        scores[block] = score;
      }
      const expected = [...new Set(scores)].sort((a, b) => b - a);
      const found: number[] = [];
      for (let score = ranking.below(MOST + 1); score >= 0; score = ranking.below(score)) found.push(score);
      expect(found).toEqual(expected);
      for (const score of found) expect(blocksWith(ranking, score)).toEqual([...scores.keys()].filter((block) => scores[block] === score));
    };
    fc.assert(fc.property(moves, check));
  });
});

function blocksWith(ranking: BlockRanking, score: number): number[] {
  return Array.from({ length: BLOCKS }, (_, block) => block).filter((block) => (ranking.blocksIn(score, block >> 5) >> (block & 31)) & 1);
}
