import { describe, expect, it } from 'vitest';
import type { DrainPlan } from '../../../src/rolls/RollPlan.ts';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import { graceCutShort } from '../../../src/scenario/checks/graceCutShort.ts';
import { seconds } from '../../../src/units.ts';
import { aDeployment, aNode } from '../../support/builders.ts';
import { aRoll, aScenario } from '../../support/scenarios.ts';

const cluster = {
  nodes: [aNode('workers-1')],
  workloads: [aDeployment('quick', 2), aDeployment('broker', 2, { terminationGracePeriodSeconds: 120 })],
};

function found(drain: Partial<DrainPlan>): string[] {
  const plan = { ...aRoll(cluster).drain, ...drain };
  return graceCutShort(subjectOf(aScenario({ cluster, roll: { drain: plan } }))).map(
    ({ code, object, message }) => `${code} ${object}: ${message}`,
  );
}

describe('graceCutShort', () => {
  it('finds every workload whose time to end is overridden with less', () => {
    expect(found({ gracePeriodSeconds: 0 })).toEqual([
      'GRACE_CUT_SHORT Deployment/default/quick: its pods ask for 30 s to end and the drain leaves them 0 s: they are killed at once',
      'GRACE_CUT_SHORT Deployment/default/broker: its pods ask for 120 s to end and the drain leaves them 0 s: they are killed at once',
    ]);
    expect(found({ longestGraceSeconds: 60 })).toEqual([
      'GRACE_CUT_SHORT Deployment/default/broker: its pods ask for 120 s to end and the drain leaves them 60 s',
    ]);
  });

  it('finds every workload that asks for longer than a drain lasts before it forces the reset', () => {
    expect(found({ timeout: seconds(90), onTimeout: 'force' })).toEqual([
      'GRACE_CUT_SHORT Deployment/default/broker: its pods ask for 120 s to end and those that still do are killed by the forced reset 1m 30s after the drain began',
    ]);
    expect(found({ timeout: seconds(90), onTimeout: 'force', gracePeriodSeconds: 30 })).toHaveLength(1);
  });

  it.each([
    {},
    { gracePeriodSeconds: 120 },
    { gracePeriodSeconds: 0, mode: 'none' as const },
    { timeout: seconds(90), onTimeout: 'failNode' as const },
    { timeout: seconds(120), onTimeout: 'force' as const },
  ])('finds nothing with a drain of %o', (drain) => {
    expect(found(drain)).toEqual([]);
  });
});
