import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CountHashes, FNV_OFFSET, fold } from '../../src/scheduler/NameHashes.ts';
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

  it('folds counts as their digits, in whatever order they come', () => {
    const check = (counts: readonly number[]) => {
      const hashes = new CountHashes(FNV_OFFSET);
      for (const count of counts) expect(hashes.of(count)).toBe(fold(FNV_OFFSET, String(count)));
    };
    fc.assert(fc.property(fc.array(fc.oneof(fc.nat(), fc.nat(30))), check));
  });
});
