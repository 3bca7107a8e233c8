import { describe, expect, it } from 'vitest';
import type { StatefulSet } from '../../src/cluster/Workload.ts';
import { run } from '../../src/run/run.ts';
import { instant, minutes, seconds } from '../../src/units.ts';
import { aBudget, aNode, aStatefulSet, aTemplate } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

describe('a StatefulSet that is updated while its nodes are rolled', () => {
  const nodes = ['n1', 'n2', 'n3'].map((name) => aNode(name));
  const set: StatefulSet = { ...aStatefulSet('db', 3), podManagementPolicy: 'Parallel' };
  const forecast = (disturbances: { at: number; template: StatefulSet['template'] }[]) =>
    run(
      aScenario({
        cluster: { nodes, workloads: [set], budgets: [aBudget('db', { maxUnavailable: 1 })] },
        timing: aTiming({ ready: minutes(2), exit: seconds(10) }),
        disturbances: disturbances.map(({ at, template }) => ({ at: instant(at), kind: 'change', workload: { ...set, template } })),
      }),
      '1',
    );

  it('holds the drain up while a new pod starts, for the budget counts it', () => {
    const updated = forecast([{ at: minutes(7), template: aTemplate('db', { image: 'registry.local/app:2' }) }]);
    const untouched = forecast([{ at: minutes(7), template: aTemplate('db') }]);
    expect(updated.budgets[0]?.blocked).toBeGreaterThan(untouched.budgets[0]?.blocked ?? 0);
    expect(updated.workloads[0]?.minReady).toBe(2);
  });
});
