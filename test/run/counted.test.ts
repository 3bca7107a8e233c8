import { describe, expect, it } from 'vitest';
import { counted, countedWere } from '../../src/run/counted.ts';

describe('counted', () => {
  it.each([
    [0, '0 requests'],
    [0.04, 'less than 0.1 requests'],
    [0.5, '0.5 requests'],
    [1, '1 request'],
    [1.04, '1 request'],
    [2, '2 requests'],
    [999.96, '1,000 requests'],
    [7_483_157, '7,483,157 requests'],
  ])('writes %d as %s', (amount, words) => {
    expect(counted(amount, 'request')).toBe(words);
  });
});

describe('countedWere', () => {
  it('goes by the number', () => {
    expect([0, 1, 2].map((pods) => countedWere(pods, 'pod'))).toEqual(['0 pods were', '1 pod was', '2 pods were']);
  });
});
