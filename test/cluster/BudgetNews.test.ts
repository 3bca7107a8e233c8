import { describe, expect, it } from 'vitest';
import { BudgetNews } from '../../src/cluster/BudgetNews.ts';
import { DisruptionBudget } from '../../src/cluster/DisruptionBudget.ts';
import { aBudget } from '../support/builders.ts';

describe('BudgetNews', () => {
  it('tells of one budget after the other with the same object', () => {
    const news = new BudgetNews('budgetCharged');
    const budgets = ['a', 'b'].map((name, number) => new DisruptionBudget(aBudget(name, {}), number));
    const told = budgets.map((budget) => {
      const change = news.of(budget);
      return [change, change.budget] as const;
    });
    expect(told.map(([, budget]) => budget)).toEqual(budgets);
    expect(new Set(told.map(([change]) => change)).size).toBe(1);
  });
});
