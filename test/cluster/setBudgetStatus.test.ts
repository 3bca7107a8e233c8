import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import { aBudget } from '../support/builders.ts';

/** A budget that is as it was made, and the kinds of changes that are told of it from now on. */
function watched() {
  const cluster = new Cluster();
  const budget = cluster.addBudget(aBudget('web', {}));
  const told: string[] = [];
  cluster.subscribe(({ kind }) => told.push(kind));
  return { cluster, budget, told };
}

describe('setBudgetStatus', () => {
  it('tells of another floor after the status, and only when that wants another number of healthy pods', () => {
    const { cluster, budget, told } = watched();
    for (const [desiredHealthy, currentHealthy] of [
      [2, 0],
      [2, 3],
      [1, 3],
      [1, 3],
    ] as const) {
      cluster.setBudgetStatus(budget, { ...budget.status, desiredHealthy, currentHealthy });
    }
    const status = 'budgetStatusChanged';
    expect(told).toEqual([status, 'budgetFloorChanged', status, status, 'budgetFloorChanged', status]);
  });
});
