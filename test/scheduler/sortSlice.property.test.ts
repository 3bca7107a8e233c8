import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortSlice } from '../../src/scheduler/sortSlice.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('sortSlice', () => {
  it('sorts by any order, as every sort does', () => {
    const rises = fc.boolean();
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 300 }), rises, (items, isRising) => {
        const sorted = [...items].sort((a, b) => (isRising ? a - b : b - a));
        expect(sortSlice(items, (a, b) => (isRising ? a < b : a > b))).toEqual(sorted);
      }),
    );
  });

  it.each([
    ['rising', upTo(200)],
    ['falling', upTo(200).reverse()],
    ['rising but for two', upTo(200).with(7, 150).with(150, 7)],
    ['a comb', upTo(200).map((i) => (i % 2 === 0 ? i : 400 - i))],
  ])('sorts many that are %s', (_, items) => {
    expect(sortSlice(items, (a, b) => a < b)).toEqual([...items].sort((a, b) => a - b));
  });

  it('turns up to twelve round where each is less than any other, as of pods that have not started', () => {
    for (const count of [0, 1, 2, 11, 12]) expect(sortSlice(upTo(count), () => true)).toEqual(upTo(count).reverse());
  });

  it('leaves thirteen of these in the order in which the quicksort does', () => {
    expect(sortSlice(upTo(13), () => true)).toEqual([11, 10, 9, 8, 7, 0, 5, 4, 3, 2, 1, 12, 6]);
  });

  it('leaves up to twelve equals as they are, and swaps some of more', () => {
    expect(sortSlice(upTo(12), () => false)).toEqual(upTo(12));
    const many = sortSlice(upTo(60), (a, b) => Math.floor(a / 30) > Math.floor(b / 30));
    expect(many.map((i) => Math.floor(i / 30))).toEqual([...Array(30).fill(1), ...Array(30).fill(0)]);
    expect(many).not.toEqual([...upTo(60).slice(30), ...upTo(30)]);
  });
});
