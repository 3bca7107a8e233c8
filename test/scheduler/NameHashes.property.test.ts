import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, rankOf } from '../../src/scheduler/NameHashes.ts';
import { hashedTieBreak } from '../../src/scheduler/TieBreak.ts';
import { aPod, podOutside } from '../support/builders.ts';

const pod = podOutside(aPod('p'));
const anyName = fc.oneof(
  fc.nat(5000).map((number) => `node-${number}`),
  fc.stringMatching(/^[a-c]{0,3}[.]x$/),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

describe('NameHashes', () => {
  it('makes the hashed tie break choose among indices as it does among names', () => {
    const check = (names: readonly string[], seed: string, decision: number, others: readonly number[]) => {
      const choose = hashedTieBreak(seed);
      const indices = [...new Set(others.map((other) => other % names.length))];
      const chosen = choose.among?.(names)(Int32Array.from(indices), indices.length, decision) ?? -1;
      const candidates = indices.map((index) => names[index] ?? '');
      expect(names[chosen]).toBe(choose(pod, candidates, decision));
    };
    const anyNames = fc.uniqueArray(anyName, { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(anyNames, fc.string(), fc.nat(), fc.array(fc.nat(), { minLength: 1, maxLength: 30 }), check), { numRuns: 500 });
  });

  it('hashes names as FNV-1a does', () => {
    expect(['', 'a', 'foobar'].map((name) => hashOf(name) >>> 0)).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
  });

  it('ranks by the last step of MurmurHash3', () => {
    expect([0, 1, 2].map((hash) => rankOf(hash, 0))).toEqual([0, 0x514e28b7, 0x30f4c306]);
    expect(rankOf(3, 2)).toBe(rankOf(1, 0));
  });
});
