import { describe, expect, it } from 'vitest';
import { withSmallHeap } from '../../src/cli/withSmallHeap.ts';

describe('withSmallHeap', () => {
  it('gives what the work gives, and throws what it throws', () => {
    expect(withSmallHeap(() => [1, 2])).toEqual([1, 2]);
    expect(() =>
      withSmallHeap(() => {
        throw new Error('wrong input');
      }),
    ).toThrow('wrong input');
  });
});
