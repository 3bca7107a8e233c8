import { describe, expect, it } from 'vitest';
import { finishHash, hashOn, keyHash, keyHashOf, NO_CHARACTERS } from '../../src/cluster/keyHash.ts';

describe('keyHash', () => {
  it('is the same for equal keys, however they were put together', () => {
    const [namespace, name] = ['a-rather-long-namespace', 'a-rather-long-name'];
    expect(keyHash(`${namespace}/${name}`)).toBe(keyHash(['a-rather-long-namespace', 'a-rather-long-name'].join('/')));
  });

  it('can be made character by character', () => {
    const characters = [...'default/web-0'].map((character) => character.charCodeAt(0));
    expect(finishHash(characters.reduce(hashOn, NO_CHARACTERS))).toBe(keyHash('default/web-0'));
  });

  it('is that of its parts', () => {
    expect(keyHashOf('default', 'web-xy')).toBe(keyHash('default/web-xy'));
  });
});
