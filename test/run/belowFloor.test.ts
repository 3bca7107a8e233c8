import { describe, expect, it } from 'vitest';
import type { DisruptionBudgetDescription } from '../../src/cluster/DisruptionBudget.ts';
import { run } from '../../src/run/run.ts';
import { toSeconds } from '../../src/units.ts';
import { aBudget, aDeployment, aJob, aNode, selecting } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

/** A Deployment of the service `web`. */
function ofWeb(name: string, replicas: number, home?: string) {
  const { template, ...rest } = aDeployment(name, replicas, { cpu: 1, ...(home ? { nodeSelector: { home } } : {}) });
  return { ...rest, template: { ...template, labels: { ...template.labels, svc: 'web' } } };
}

/** Seconds below floor by name of the workload, when the last of three nodes is reset and there are budgets over the service `web`. */
function belowFloor(workloads: readonly ReturnType<typeof ofWeb>[], ...limits: readonly Partial<DisruptionBudgetDescription>[]) {
  const nodes = ['a', 'b', 'c'].map((home) => aNode(home, { cpu: 16, labels: { home }, poolLabels: { home } }));
  const budgets = limits.map((limit, index) => aBudget(`web-${index}`, { selector: selecting({ svc: 'web' }), ...limit }));
  const { workloads: outcomes } = run(aScenario({ cluster: { nodes, workloads, budgets }, roll: { nodes: ['c'] } }), '1');
  return Object.fromEntries(outcomes.map(({ name, belowFloor: time }) => [name, toSeconds(time)]));
}

describe('below floor', () => {
  it('is about all pods of a budget over several workloads together', () => {
    const stable = ofWeb('stable', 3, 'a');
    expect(belowFloor([stable, ofWeb('canary', 1, 'b')], { minAvailable: 3 })).toEqual({ canary: 0, stable: 0 });
    expect(belowFloor([ofWeb('stable', 4, 'a'), ofWeb('canary', 4, 'b')], { minAvailable: 7 })).toEqual({ canary: 0, stable: 0 });
  });

  it('is a matter of every workload under the budget', () => {
    const both = [ofWeb('stable', 2, 'a'), ofWeb('canary', 1, 'c')];
    expect(belowFloor(both, { minAvailable: 2 })).toEqual({ canary: 0, stable: 0 });
    const { canary, stable } = belowFloor(both, { minAvailable: 3 });
    expect(canary).toBeGreaterThan(8 * 60);
    expect(stable).toBe(canary);
  });

  it('counts once where two budgets want more than there is', () => {
    const alone = ofWeb('alone', 1, 'c');
    const once = belowFloor([alone], { minAvailable: 1 })['alone'];
    expect(once).toBeGreaterThan(8 * 60);
    expect(belowFloor([alone], { minAvailable: 1 }, { minAvailable: 1 })['alone']).toBe(once);
  });

  it('is over for a Job that is done', () => {
    const cluster = { nodes: [aNode('a'), aNode('b')], workloads: [aJob('sum', 2)], budgets: [aBudget('sum', { minAvailable: 2 })] };
    const [others] = aTiming().pods;
    const pods = others ? [{ ...others, complete: others.ready }] : [];
    const { workloads } = run(aScenario({ cluster, timing: { ...aTiming(), pods }, roll: { nodes: ['b'] } }), '1');
    expect(workloads).toMatchObject([{ belowFloor: 0, unended: [] }]);
  });
});
