import { describe, expect, it } from 'vitest';
import { Remembered, RememberedAgain } from '../../src/cluster/Remembered.ts';

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

  it('is not worked out before the same object is given again, nor kept for another one, where it is large', () => {
    const copies = new RememberedAgain((list: readonly number[]) => [...list]);
    const [list, other] = [
      [1, 2],
      [3, 4],
    ];
    expect(copies.of(list)).toBeUndefined();
    const second = copies.of(list);
    expect(second).toEqual(list);
    expect(copies.of(list)).toBe(second);
    expect([copies.of(other), copies.of(list), copies.of(list)]).toEqual([undefined, undefined, list]);
  });
});
