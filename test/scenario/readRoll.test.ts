import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../src/units.ts';
import { faultsIn, readScenario } from '../support/scenarioText.ts';

describe('the kind of a drain', () => {
  it('replaces the drain of the preset, and single knobs of the scenario win over both', () => {
    const roll = '{preset: cce-sync, pool: workers, maxUnavailable: 3, drain: {kind: cluster-api, timeout: 10m}}';
    expect(readScenario({ roll }).roll).toMatchObject({
      preset: 'cce-sync',
      replacement: 'reset',
      drain: { kind: 'cluster-api', retry: seconds(20), poll: seconds(20), timeout: minutes(10), onTimeout: 'force' },
    });
  });

  it('is refused when nobody drains that way', () => {
    const [fault] = faultsIn({ roll: '{preset: cce-sync, pool: workers, maxUnavailable: 3, drain: {kind: capi}}' });
    expect(fault).toMatchObject({ code: 'SCENARIO_INVALID', path: 'roll.drain.kind' });
  });
});
