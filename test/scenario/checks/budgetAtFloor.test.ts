import { describe, expect, it } from 'vitest';
import type { DisruptionBudgetDescription } from '../../../src/cluster/DisruptionBudget.ts';
import { check } from '../../../src/experiments/check.ts';
import { aBudget, aDeployment, aNode, anAutoscaler } from '../../support/builders.ts';
import { aScenario } from '../../support/scenarios.ts';

/** Codes of the findings about the budget of a Deployment that an autoscaler keeps between 2 and 10. */
function found(replicas: number, limits: Partial<DisruptionBudgetDescription>, { demand = 0, mode = 'evict' as 'evict' | 'delete' } = {}) {
  const scenario = aScenario({
    cluster: {
      nodes: [aNode('n1'), aNode('n2')],
      workloads: [aDeployment('web', replicas)],
      budgets: [aBudget('web', limits)],
      autoscalers: [anAutoscaler('web')],
    },
    demand: demand > 0 ? [{ match: {}, requestsPerSecond: [demand], perReplica: 1 }] : [],
    roll: { drain: { ...aScenario().roll.drain, mode } },
  });
  return check(scenario)
    .filter(({ object }) => object.startsWith('PodDisruptionBudget/'))
    .map(({ severity, code }) => `${severity} ${code}`);
}

describe('budgetAtFloor', () => {
  const finding = ['warning BUDGET_ALLOWS_NOTHING_AT_FLOOR'];

  it('finds a budget for the day that the minimum of the night cannot keep', () => {
    expect(found(6, { minAvailable: 2 })).toEqual(finding);
    expect(found(6, { minAvailable: '75%' })).toEqual(finding);
  });

  it('leaves budgets alone that allow something at the minimum, and rolls that ask none', () => {
    expect(found(6, { minAvailable: 1 })).toEqual([]);
    expect(found(6, { maxUnavailable: 1 })).toEqual([]);
    expect(found(6, { minAvailable: 2 }, { mode: 'delete' })).toEqual([]);
  });

  it('takes the place of a certain refusal where demand may add replicas', () => {
    expect(found(2, { minAvailable: 2 })).toEqual(['error BUDGET_NEVER_ALLOWS']);
    expect(found(2, { minAvailable: 2 }, { demand: 5 })).toEqual(finding);
    expect(found(2, { minAvailable: 10 }, { demand: 5 })).toEqual(['error BUDGET_NEVER_ALLOWS']);
  });
});
