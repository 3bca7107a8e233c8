import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cluster } from '../../src/cluster/Cluster.ts';
import { BudgetRound } from '../../src/controllers/BudgetRound.ts';
import { WatchedBudget } from '../../src/controllers/WatchedBudget.ts';
import { aBudget } from '../support/builders.ts';

const NAMES = fc.array(fc.nat(99), { maxLength: 80 });

describe('a round of looks at budgets', () => {
  it('takes each that was added once, by key, whether it was known before or not', () => {
    fc.assert(fc.property(NAMES, NAMES, NAMES, fc.nat(20), checkOrder));
  });
});

/** Some budgets are known from the start; some come before and some after the first few looks. */
function checkOrder(known: readonly number[], first: readonly number[], second: readonly number[], looks: number): void {
  const budgets = budgetsByNumber();
  const round = new BudgetRound();
  round.rank([...new Set(known)].map(budgets));
  const expected = new Set<WatchedBudget>();
  const add = (number: number) => {
    round.add(budgets(number));
    expected.add(budgets(number));
  };
  const look = () => {
    const [earliest] = [...expected].sort((a, b) => (a.budget.key < b.budget.key ? -1 : 1));
    if (earliest) expected.delete(earliest);
    expect(round.takeFirst()).toBe(earliest);
    expect(round.isEmpty).toBe(expected.size === 0);
  };
  for (const number of first) add(number);
  for (let count = 0; count < looks; count += 1) look();
  for (const number of second) add(number);
  while (expected.size > 0) look();
  look();
}

function budgetsByNumber(): (number: number) => WatchedBudget {
  const cluster = new Cluster();
  const made = new Map<number, WatchedBudget>();
  return (number) => {
    const budget = made.get(number) ?? new WatchedBudget(cluster.addBudget(aBudget(`b${number}`, {})), cluster.podCounts);
    made.set(number, budget);
    return budget;
  };
}
