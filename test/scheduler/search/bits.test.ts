import { describe, expect, it } from 'vitest';
import { listBits, setBit, wordsFor } from '../../../src/scheduler/search/bits.ts';

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
