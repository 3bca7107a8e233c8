import { describe, expect, it } from 'vitest';
import { knownHint, nearest } from '../../src/scenario/nearest.ts';

describe('nearest', () => {
  it.each([
    ['InPlce', ['BlueGreen', 'InPlace', 'Surge'], 'InPlace'],
    ['maxunavailable', ['maxUnavailable', 'minAvailable'], 'maxUnavailable'],
    ['shpo', ['shop', 'shipping'], 'shop'],
    ['replica', ['replicas', 'requests'], 'replicas'],
    ['zebra', ['cpu', 'memory'], undefined],
    ['a', ['bb'], undefined],
    ['kubectl', ['cce-sync', 'kubectl-drain'], 'kubectl-drain'],
    ['drain', ['drainTimeout', 'drainRetries'], undefined],
    ['ku', ['cce-sync', 'kubectl-drain'], undefined],
  ])('for %s among %j is %s', (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('names all known words in order after the one that was meant', () => {
    expect(knownHint('timout', ['retry', 'timeout', 'mode'])).toBe('did you mean timeout? Known: mode, retry, timeout');
  });
});
