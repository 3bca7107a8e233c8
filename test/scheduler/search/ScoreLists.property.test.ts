import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_TAINTED, ScoreLists } from '../../../src/scheduler/search/ScoreLists.ts';

const NODES = 6;
const anyMove = fc.record({ position: fc.nat(NODES - 1), list: fc.constantFrom(-1, 0, 3, 200, FIRST_TAINTED, FIRST_TAINTED + 4) });

describe('ScoreLists', () => {
  it('lists every node once under the list it was last put into', () => {
    const check = (moves: readonly { readonly position: number; readonly list: number }[]) => {
      const lists = new ScoreLists(NODES);
      const expected = new Map<number, number>();
      for (const { position, list } of moves) {
        lists.put(position, list);
        expected.set(position, list);
        const listed = [...expected].filter(([, at]) => at >= 0);
        expect(contentOf(lists)).toEqual(listed.map(([at, place]) => `${place}: ${at}`).sort());
        const places = listed.map(([, place]) => place);
        expect(lists.highest()).toBe(Math.max(-1, ...places.filter((place) => place < FIRST_TAINTED)));
        expect(lists.highestOfTainted()).toBe(Math.max(FIRST_TAINTED - 1, ...places));
      }
    };
    fc.assert(fc.property(fc.array(anyMove, { maxLength: 40 }), check));
  });
});

function contentOf(lists: ScoreLists): string[] {
  const content: string[] = [];
  for (const [list, head] of lists.first.entries()) {
    for (let position = head; position >= 0; position = lists.after(position)) content.push(`${list}: ${position}`);
  }
  return content.sort();
}
