import { describe, expect, it } from 'vitest';
import { areSameLabels } from '../../src/cluster/LabelSelector.ts';

describe('areSameLabels', () => {
  it.each([
    [{ app: 'web', tier: 'a' }, { tier: 'a', app: 'web' }, true],
    [{ app: 'web' }, { app: 'api' }, false],
    [{ app: 'web' }, { tier: 'web' }, false],
    [{ app: 'web' }, {}, false],
    [{}, { app: 'web' }, false],
  ])('compares %j and %j: %s', (a, b, same) => {
    expect(areSameLabels(a, b)).toBe(same);
  });
});
