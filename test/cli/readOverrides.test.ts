import { describe, expect, it } from 'vitest';
import { readOverrides } from '../../src/cli/readOverrides.ts';

const values = (...words: string[]) => [...readOverrides(words).overrides];

describe('readOverrides', () => {
  it.each([
    ['a value', ['--roll.maxUnavailable', '5'], 'roll.maxUnavailable', '5'],
    ['a value after an equals sign', ['--roll.maxUnavailable=30%'], 'roll.maxUnavailable', '30%'],
    ['a map', ['--roll.pacing', '{kind: window}'], 'roll.pacing', '{kind: window}'],
    ['a negative number', ['--roll.maxUnavailable', '-1'], 'roll.maxUnavailable', '-1'],
    ['a name without a dot', ['--horizon', '6h'], 'horizon', '6h'],
    ['a seed as text', ['--seed', '007'], 'seed', '"007"'],
    ['the last of two', ['--horizon', '6h', '--horizon', '7h'], 'horizon', '7h'],
  ])('reads %s', (_name, words, path, value) => {
    expect(values(...words)).toEqual([[path, value]]);
  });

  it('leaves everything else as it was, in order', () => {
    expect(readOverrides(['run', 'a.b.yaml', '--seed', '1', '--out', 'x', '--roll.order=name', '-h']).words).toEqual([
      'run',
      'a.b.yaml',
      '--out',
      'x',
      '-h',
    ]);
  });

  it('refuses a name without a value', () => {
    expect(() => readOverrides(['run', '--roll.order'])).toThrow('--roll.order needs a value');
  });
});
