import { describe, expect, it } from 'vitest';
import { strategicMerge } from '../../../src/scenario/recording/strategicMerge.ts';

describe('strategicMerge', () => {
  it.each([
    ['a value', { a: 1, b: 2 }, { b: 3 }, { a: 1, b: 3 }],
    ['a key that is taken away', { a: 1, b: 2 }, { b: null }, { a: 1 }],
    ['a map', { meta: { x: '1' } }, { meta: { y: '2' } }, { meta: { x: '1', y: '2' } }],
    [
      'containers by name',
      {
        c: [
          { name: 'a', image: '1', cpu: 1 },
          { name: 'b', image: '1' },
        ],
      },
      { c: [{ name: 'a', image: '2' }] },
      {
        c: [
          { name: 'a', image: '2', cpu: 1 },
          { name: 'b', image: '1' },
        ],
      },
    ],
    ['a new container', { c: [{ name: 'a' }] }, { c: [{ name: 'b' }] }, { c: [{ name: 'a' }, { name: 'b' }] }],
    ['a container that goes', { c: [{ name: 'a' }, { name: 'b' }] }, { c: [{ name: 'a', $patch: 'delete' }] }, { c: [{ name: 'b' }] }],
    ['a list of words', { args: ['a'] }, { args: ['b', 'c'] }, { args: ['b', 'c'] }],
  ])('merges %s', (_name, target, patch, merged) => {
    expect(strategicMerge(target, patch)).toEqual(merged);
  });
});
