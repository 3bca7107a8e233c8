import { describe, expect, it } from 'vitest';
import { firstNames } from '../../src/rolls/firstNames.ts';

describe('firstNames', () => {
  it.each([
    [0, ''],
    [1, '1'],
    [5, '1, 2, 3, 4, 5'],
    [6, '1, 2, 3, 4, 5 and 1 more'],
    [85, '1, 2, 3, 4, 5 and 80 more'],
  ])('of %i names is "%s"', (count, expected) => {
    expect(firstNames(Array.from({ length: count }, (_, index) => String(index + 1)))).toBe(expected);
  });
});
