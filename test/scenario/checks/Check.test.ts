import { describe, expect, it } from 'vitest';
import type { Volume } from '../../../src/cluster/PodSpec.ts';
import { check } from '../../../src/experiments/check.ts';
import type { PodTiming, Scenario } from '../../../src/scenario/Scenario.ts';
import { instant, minutes } from '../../../src/units.ts';
import { aBudget, aDaemonSet, aDeployment, aJob, aNode, aPod, aPodSpec, selecting } from '../../support/builders.ts';
import { aScenario, aTiming } from '../../support/scenarios.ts';

interface Case {
  readonly cluster: Partial<Scenario['cluster']>;
  readonly drain?: Partial<Scenario['roll']['drain']>;
  readonly pods?: Partial<Scenario['roll']['drain']['pods']>;
  readonly timing?: Partial<PodTiming>;
  readonly disturbances?: Scenario['disturbances'];
}

/** The findings that say what holds up drains, in a roll of two nodes. */
function found({ cluster, drain = {}, pods = {}, timing = {}, disturbances = [] }: Case): string[] {
  const times = aTiming();
  const plan = aScenario().roll.drain;
  const scenario = aScenario({
    cluster: { nodes: [aNode('a'), aNode('b')], ...cluster },
    timing: { ...times, pods: times.pods.map((each) => ({ ...each, ...timing })) },
    roll: { nodes: ['a', 'b'], drain: { ...plan, ...drain, pods: { ...plan.pods, ...pods } } },
    disturbances,
  });
  return check(scenario)
    .filter(({ code }) => code.startsWith('BUDGET_') || ['TWO_BUDGETS', 'BARE_POD', 'LOCAL_DATA', 'DAEMONSET_IN_THE_WAY'].includes(code))
    .map(({ severity, code }) => `${severity} ${code}`);
}

const everywhere = [{ key: '', operator: 'Exists' as const, value: '' }];
const forbidden = { workloads: [aDeployment('web', 2)], budgets: [aBudget('web', { maxUnavailable: 0 })] };
const complete: Partial<PodTiming> = { complete: { kind: 'constant', value: minutes(5) } };

function anEmptyDir(medium: string | undefined): Volume {
  return { name: 'cache', source: 'emptyDir', claimName: undefined, readOnly: false, medium, fields: {} };
}

describe('what holds up drains', () => {
  it('is not certain when somebody changes the cluster meanwhile', () => {
    expect(found({ cluster: forbidden })).toEqual(['error BUDGET_NEVER_ALLOWS']);
    const budget = aBudget('web', { maxUnavailable: 1 });
    const disturbances = [{ at: instant(60_000), kind: 'changeBudget' as const, budget }];
    expect(found({ cluster: forbidden, disturbances })).toEqual(['warning BUDGET_NEVER_ALLOWS']);
  });

  it('is no pod that the drain leaves alone', () => {
    expect(found({ cluster: forbidden, drain: { podSelector: selecting({ app: 'shop' }) } })).toEqual([]);
    const tolerating = { ...forbidden, workloads: [aDeployment('web', 2, { tolerations: everywhere })] };
    expect(found({ cluster: tolerating })).toEqual(['error BUDGET_NEVER_ALLOWS']);
    expect(found({ cluster: tolerating, pods: { tolerating: 'ignore' } })).toEqual([]);
  });

  it('is no pod that another selector keeps from the drain', () => {
    const cluster = { workloads: [aDaemonSet('agent')], pods: [aPod('tool', { nodeName: 'a' })] };
    const pods = { unmanaged: 'refuseDrain' as const, daemonSets: 'refuseDrain' as const };
    expect(found({ cluster, pods })).toEqual(['error BARE_POD', 'error DAEMONSET_IN_THE_WAY']);
    expect(found({ cluster, pods, drain: { podSelector: selecting({ app: 'web' }) } })).toEqual(['warning BARE_POD']);
  });

  it('is a budget over pods that are not Ready only if its policy is not AlwaysAllow', () => {
    const owner = { apiVersion: 'example.com/v1', kind: 'Cluster', name: 'db' };
    const given = (ready: boolean, unhealthyPodEvictionPolicy: 'AlwaysAllow' | 'IfHealthyBudget') => ({
      pods: [aPod('db', { nodeName: 'a', ready, owner })],
      budgets: [aBudget('db', { minAvailable: 1, unhealthyPodEvictionPolicy })],
    });
    expect(found({ cluster: given(false, 'AlwaysAllow') })).toEqual(['warning BUDGET_NEVER_ALLOWS']);
    expect(found({ cluster: given(true, 'AlwaysAllow') })).toEqual(['error BUDGET_NEVER_ALLOWS']);
    expect(found({ cluster: given(false, 'IfHealthyBudget') })).toEqual(['error BUDGET_NEVER_ALLOWS']);
  });

  it.each<[string, Case]>([
    ['BUDGET_FAILS_CLOSED', { cluster: { workloads: [aJob('sum', 2)], budgets: [aBudget('sum', { maxUnavailable: 1 })] } }],
    [
      'TWO_BUDGETS',
      {
        cluster: {
          workloads: [aJob('sum', 2)],
          budgets: [aBudget('sum', { minAvailable: 1 }), { ...aBudget('sum', { minAvailable: 1 }), name: 'too' }],
        },
      },
    ],
    [
      'BARE_POD',
      {
        cluster: { pods: [aPod('tool', { nodeName: 'a', spec: aPodSpec({ restartPolicy: 'Never' }) })] },
        pods: { unmanaged: 'refuseDrain' },
      },
    ],
    ['LOCAL_DATA', { cluster: { workloads: [aJob('sum', 2, { volumes: [anEmptyDir(undefined)] })] }, pods: { emptyDir: 'refuseDrain' } }],
  ])('is not certain of %s where pods end by themselves', (code, given) => {
    expect(found(given)).toEqual([`error ${code}`]);
    expect(found({ ...given, timing: complete })).toEqual([`warning ${code}`]);
  });

  it('are the pods that the controller of a Job is still to make, too', () => {
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'sum' };
    const pods = [aPod('sum-1', { labels: { app: 'sum' }, nodeName: 'a', owner })];
    expect(found({ cluster: { workloads: [aJob('sum', 3)], pods, budgets: [aBudget('sum', { minAvailable: 2 })] } })).toEqual([]);
  });

  it('is an emptyDir in memory for a drain that refuses every emptyDir', () => {
    const cluster = { workloads: [aDeployment('web', 2, { volumes: [anEmptyDir('Memory')] })] };
    expect(found({ cluster })).toEqual([]);
    expect(found({ cluster, pods: { emptyDir: 'refuseDrain' } })).toEqual(['error LOCAL_DATA']);
  });
});
