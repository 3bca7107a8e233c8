import { describe, expect, it } from 'vitest';
import { beginHash, finishHash, hashOn, keyHash, keyHashOf } from '../../src/cluster/keyHash.ts';

describe('keyHash', () => {
  it('is the same for equal keys, however they were put together', () => {
    const [namespace, name] = ['a-rather-long-namespace', 'a-rather-long-name'];
    expect(keyHash(`${namespace}/${name}`)).toBe(keyHash(['a-rather-long-namespace', 'a-rather-long-name'].join('/')));
  });

  it('is that of its parts', () => {
    expect(keyHashOf('default', 'web-xy')).toBe(keyHash('default/web-xy'));
  });

  it('goes on from the hash of a beginning', () => {
    expect(finishHash(hashOn(hashOn(beginHash('default/web-'), 'x'.charCodeAt(0)), 'y'.charCodeAt(0)))).toBe(keyHash('default/web-xy'));
  });
});
