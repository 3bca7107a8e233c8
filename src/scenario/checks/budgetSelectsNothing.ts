import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Scenario } from '../Scenario.ts';
import type { Check } from './Check.ts';

/** Budgets whose selector matches no pod that exists or that a workload creates when it has replicas; often a label was renamed. */
export const budgetSelectsNothing: Check = ({ scenario, selectedBy }) =>
  scenario.cluster.budgets
    .filter((budget) => selectedBy(budget).length === 0 && !isForLater(budget, scenario))
    .map(({ namespace, name }) => ({
      code: 'BUDGET_SELECTS_NOTHING',
      severity: 'warning',
      object: `PodDisruptionBudget/${namespace}/${name}`,
      message: 'it selects no pod, so it protects nothing',
      hint: 'compare its selector with the labels of the pods of its namespace',
    }));

/** Whether a workload that is scaled to zero or not yet due would create pods that the budget selects; old revisions create none. */
function isForLater({ namespace, selector }: DisruptionBudgetDescription, { cluster }: Scenario): boolean {
  if (!selector) return false;
  const makers = [...cluster.workloads.filter(({ owner }) => owner === undefined), ...cluster.cronJobs.map(({ job }) => job)];
  return makers.some((maker) => maker.namespace === namespace && selectorMatches(selector, maker.template.labels));
}
