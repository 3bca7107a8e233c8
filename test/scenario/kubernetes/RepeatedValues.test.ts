import { describe, expect, it } from 'vitest';
import { RepeatedValues } from '../../../src/scenario/kubernetes/RepeatedValues.ts';

describe('RepeatedValues', () => {
  it.each([
    ['the same text', '["a","bcdefgh"]', '["a","bcdefgh"]', true],
    ['another text', '["a","bcdefgh"]', '["a","bcdefgi"]', false],
    ['a text that is cut off', '["a","bcdefgh"]', '["a","bcd', false],
    ['another name of a token volume', '["kube-api-access-abc12"]', '["kube-api-access-zbc9x"]', true],
    ['a name with one other letter', '["kube-api-access-abcde"]', '["kube-api-access-abXde"]', false],
    ['a longer name', '["kube-api-access-abcde"]', '["kube-api-access-abcdef"]', false],
    ['another volume', '["kube-api-accesX-abcde"]', '["kube-api-accesX-abcdf"]', false],
    ['another text behind an equal name', '["kube-api-access-abcde",1]', '["kube-api-access-fghij",2]', false],
    ['two other names', '["kube-api-access-abcde","kube-api-access-k1l2m"]', '["kube-api-access-fghij","kube-api-access-nop34"]', true],
  ])('compares with %s', (_, first, second, isFound) => {
    expect(found(first, second) !== undefined).toBe(isFound);
  });

  it('keeps one value for each place', () => {
    const repeats = new RepeatedValues(viewOf('[1][1]'));
    repeats.keep(3, valueAt(0, 3));
    expect(repeats.find(2, 3)).toBeUndefined();
    expect(repeats.find(3, 3)?.textNumber).toBe(1);
  });
});

function found(first: string, second: string) {
  const repeats = new RepeatedValues(viewOf(first + second));
  repeats.keep(0, valueAt(0, first.length));
  return repeats.find(0, first.length);
}

function valueAt(at: number, length: number) {
  return { at, length, lineBreaks: 0, lineStart: 0, textNumber: 1 };
}

function viewOf(text: string): DataView {
  return new DataView(new TextEncoder().encode(text).buffer);
}
