import { describe, expect, it } from 'vitest';
import { bitsBetween, isAny, listBits, setBit, wordsFor } from '../../../src/scheduler/search/bits.ts';

describe('listBits', () => {
  it.each([
    [0, [3, 40, 45, 69]],
    [42, [45, 69, 3, 40]],
    [45, [45, 69, 3, 40]],
    [69, [69, 3, 40, 45]],
  ])('lists bits in the order of a round from %i', (start, expected) => {
    const words = new Int32Array(wordsFor(70));
    for (const position of [3, 40, 45, 69]) setBit(words, position);
    const list = new Int32Array(70);
    expect([...list.subarray(0, listBits(words, start, list))]).toEqual(expected);
  });
});

describe('bitsBetween', () => {
  it.each([
    [0, 0, 70, -1],
    [2, 0, 70, 0b111111],
    [1, 34, 36, 0b1100],
    [1, 34, 64, -1 << 2],
    [1, 0, 64, -1],
    [0, 0, 31, 0x7fffffff],
  ])('keeps of word %i the positions from %i to before %i', (word, from, to, expected) => {
    expect(bitsBetween(word, from, to)).toBe(expected);
  });
});

describe('isAny', () => {
  it.each([
    [0, 0],
    [1, 1],
    [-1, 1],
    [1 << 31, 1],
    [0b1010, 1],
  ])('of %i is %i', (word, expected) => {
    expect(isAny(word)).toBe(expected);
  });
});
