import { describe, expect, it } from 'vitest';
import { Terminations } from '../../src/cluster/Terminations.ts';
import { instant, START } from '../../src/units.ts';

describe('Terminations', () => {
  it('makes one object of those that are alike', () => {
    const terminations = new Terminations();
    const first = terminations.of(START, 30, 'Delete');
    expect(first).toEqual({ requestedAt: START, gracePeriodSeconds: 30, cause: 'Delete' });
    expect(terminations.of(START, 30, 'Delete')).toBe(first);
  });

  it.each([
    ['time', instant(1), 30, 'Delete'],
    ['grace period', START, 31, 'Delete'],
    ['cause', START, 30, 'EvictionByEvictionAPI'],
  ] as const)('makes another one for another %s', (_what, requestedAt, gracePeriodSeconds, cause) => {
    const terminations = new Terminations();
    terminations.of(START, 30, 'Delete');
    expect(terminations.of(requestedAt, gracePeriodSeconds, cause)).toEqual({ requestedAt, gracePeriodSeconds, cause });
  });
});
