import { describe, expect, it } from 'vitest';
import { SharedTexts } from '../../../src/scenario/kubernetes/SharedTexts.ts';

describe('SharedTexts', () => {
  it('gives texts of one key one value, that of the first', () => {
    const shared = new SharedTexts();
    const first = shared.parse('{"a":1}', 'key');
    expect(shared.parse('{"a":2}', 'key')).toBe(first);
    expect(shared.parse('{"a":1}', 'other')).toEqual(first);
    expect(shared.parse('{"a":1}', 'other')).not.toBe(first);
  });

  it('forgets what was not asked for in a while, and nothing else', () => {
    const shared = new SharedTexts();
    const long = (index: number) => `"${String(index).padEnd(100_000, 'x')}"`;
    const [rare, often] = [shared.parse('[1]', 'rare'), shared.parse('[2]', 'often')];
    for (let index = 0; index < 20; index += 1) {
      shared.parse(long(index), long(index));
      expect(shared.parse('[2]', 'often')).toBe(often);
    }
    expect(shared.parse('[1]', 'rare')).toEqual(rare);
    expect(shared.parse('[1]', 'rare')).not.toBe(rare);
  });
});
