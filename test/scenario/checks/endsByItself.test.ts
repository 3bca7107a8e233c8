import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/scenario/checks/Check.ts';
import * as checks from '../../../src/scenario/checks/registry.ts';
import type { PodTiming, Scenario } from '../../../src/scenario/Scenario.ts';
import { minutes } from '../../../src/units.ts';
import { aBudget, aDeployment, aJob, aNode } from '../../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../../support/scenarios.ts';

const nodes = ['a', 'b', 'c'].map((name) => aNode(name));

/** A Job of `pods` pods of 1 CPU under a budget over all of them, on three nodes of 4 CPU, whose pods run as `timing` has it. */
function subject(pods: number, timing: Partial<PodTiming>, drain: Partial<Scenario['roll']['drain']> = {}) {
  const cluster = { nodes, workloads: [aJob('sum', pods, { cpu: 1 })], budgets: [aBudget('sum', { minAvailable: pods })] };
  const plan = aRoll(cluster);
  const times = aTiming();
  return subjectOf(
    aScenario({
      cluster,
      timing: { ...times, pods: times.pods.map((each) => ({ ...each, ...timing })) },
      roll: { nodes: ['a', 'b', 'c'], drain: { ...plan.drain, ...drain } },
    }),
  );
}

const AN_HOUR: Partial<PodTiming> = { complete: { kind: 'constant', value: minutes(60) } };

describe('endsByItself', () => {
  it('has a budget over a Job be waited for, where its pods are done some time', () => {
    expect(checks.budgetNeverAllows(subject(3, {}))).toMatchObject([{ severity: 'error' }]);
    expect(checks.budgetNeverAllows(subject(3, { complete: { kind: 'constant', value: minutes(60), never: 1 } }))).toMatchObject([
      { severity: 'error' },
    ]);
    const [finding] = checks.budgetNeverAllows(subject(3, AN_HOUR, { timeout: minutes(15), onTimeout: 'force' }));
    expect(finding).toMatchObject({ severity: 'warning' });
    expect(finding?.message).toMatch(/; where its pods still run 15m after a drain began, they are killed against it$/);
  });

  it.each([
    [{ timeout: minutes(15), onTimeout: 'failRoll' }, 'where its pods still run 15m after a drain began, the roll fails'],
    [{ timeout: minutes(15), onTimeout: 'failNode' }, 'where its pods still run 15m after a drain began, the node fails'],
    [{ timeout: minutes(15), onTimeout: 'retryForever' }, 'drains wait until its pods have ended by themselves'],
  ] as const)('says what becomes of its node under %o', (drain, consequence) => {
    expect(checks.budgetNeverAllows(subject(3, AN_HOUR, drain))[0]?.message).toMatch(new RegExp(`; ${consequence}$`));
  });

  it('leaves pods out of what must have room, unless they run for ever', () => {
    expect(checks.capacityTooSmall(subject(9, {}))).toHaveLength(1);
    expect(checks.capacityTooSmall(subject(9, AN_HOUR))).toEqual([]);
    const entries = [{ match: { labels: { app: 'other' } }, ...AN_HOUR }, {}];
    expect(checks.capacityTooSmall(withEntries(entries))).toHaveLength(1);
  });

  it('is of no pod that is started again', () => {
    const cluster = { nodes, workloads: [aDeployment('web', 9, { cpu: 1 })] };
    const times = aTiming();
    const timing = { ...times, pods: times.pods.map((each) => ({ ...each, ...AN_HOUR })) };
    expect(checks.capacityTooSmall(subjectOf(aScenario({ cluster, timing, roll: { nodes: ['a'] } })))).toHaveLength(1);
  });
});

/** The Job of nine pods with an entry of `timing.pods` for each of `entries`. */
function withEntries(entries: readonly Partial<PodTiming>[]) {
  const { scenario } = subject(9, {});
  const pods = entries.flatMap((entry) => scenario.timing.pods.map((each) => ({ ...each, ...entry })));
  return subjectOf({ ...scenario, timing: { ...scenario.timing, pods } });
}
