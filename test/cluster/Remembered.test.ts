import { describe, expect, it } from 'vitest';
import { Remembered } from '../../src/cluster/Remembered.ts';

describe('what is remembered', () => {
  it('is worked out once for each object', () => {
    let made = 0;
    const lengths = new Remembered(({ text }: { readonly text: string }) => {
      made += 1;
      return text.length;
    });
    const [a, b] = [{ text: 'a' }, { text: 'bb' }];
    expect([a, b, a, b].map((one) => lengths.of(one))).toEqual([1, 2, 1, 2]);
    expect(made).toBe(2);
  });
});
