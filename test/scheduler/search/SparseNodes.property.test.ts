import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SparseNodes } from '../../../src/scheduler/search/SparseNodes.ts';

const NODES = 1500;

describe('SparseNodes', () => {
  it('finds the blocks with any node, as they are now', () => {
    const moves = fc.array(fc.record({ position: fc.nat(NODES - 1), isIn: fc.boolean() }), { maxLength: 40 });
    const check = (list: readonly { readonly position: number; readonly isIn: boolean }[], from: number, to: number) => {
      const nodes = new SparseNodes(NODES);
      const expected = new Set<number>();
      for (const { position, isIn } of list) {
        if (isIn) nodes.add(position);
        else nodes.delete(position);
        if (isIn) expected.add(position);
        else expected.delete(position);
      }
      expect(nodes.size).toBe(expected.size);
      const blocks = new Set([...expected].map((position) => position >> 5).filter((block) => block >= from && block < to));
      const found: number[] = [];
      for (let block = nodes.nextBlock(from, to); block < to; block = nodes.nextBlock(block + 1, to)) found.push(block);
      expect(found).toEqual([...blocks].sort((a, b) => a - b));
      for (let block = from; block < to; block += 1)
        expect((nodes.blocksIn(block >> 5) >> (block & 31)) & 1).toBe(blocks.has(block) ? 1 : 0);
    };
    const blocks = NODES >> 5;
    fc.assert(fc.property(moves, fc.nat(blocks), fc.nat(blocks), check));
  });
});
