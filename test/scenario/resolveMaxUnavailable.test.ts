import { describe, expect, it } from 'vitest';
import type { MaxUnavailableRule } from '../../src/rolls/Preset.ts';
import { resolveMaxUnavailable } from '../../src/scenario/resolveMaxUnavailable.ts';

const floor: MaxUnavailableRule = { min: 1, max: Number.POSITIVE_INFINITY, percent: 'floor', percentOf: 'selected', fallback: 1 };
const ceil: MaxUnavailableRule = { ...floor, max: 100, percent: 'ceil' };

describe('resolveMaxUnavailable', () => {
  it.each([
    ['30%', 6, floor, 1],
    ['30%', 10, floor, 3],
    ['30%', 2, floor, 1],
    ['10%', 19, ceil, 2],
    ['33%', 10, ceil, 4],
    ['100%', 150, ceil, 100],
    ['18.4%', 375, floor, 69],
    ['18.4%', 374, floor, 68],
    ['18.4%', 375, ceil, 69],
    ['0.1%', 7000, ceil, 7],
    ['0.1%', 7001, ceil, 8],
    ['0%', 10, ceil, 1],
    [undefined, 10, floor, 1],
    [7, 3, floor, 7],
  ])('resolves %s of %i nodes by the rule of the preset', (written, selected, rule, expected) => {
    expect(resolveMaxUnavailable(written, rule, selected)).toBe(expected);
  });

  it.each([0, -1, 0.5, '3', 'all', '-30%', '200%', '100.1%', true, null])('refuses %s', (written) => {
    const rule = { ...floor, fallback: undefined };
    expect(resolveMaxUnavailable(written, rule, 10)).toMatchObject({ hint: 'a whole number from 1, or a percentage such as 30%' });
  });
});
