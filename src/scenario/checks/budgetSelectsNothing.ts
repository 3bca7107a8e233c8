import type { Check } from './Check.ts';

/** Budgets whose selector matches no pod that exists or is wanted: often a label that was renamed. */
export const budgetSelectsNothing: Check = ({ scenario, selectedBy }) =>
  scenario.cluster.budgets
    .filter((budget) => selectedBy(budget).length === 0)
    .map(({ namespace, name }) => ({
      code: 'BUDGET_SELECTS_NOTHING',
      severity: 'warning',
      object: `PodDisruptionBudget/${namespace}/${name}`,
      message: 'it selects no pod, so it protects nothing',
      hint: 'compare its selector with the labels of the pods of its namespace',
    }));
