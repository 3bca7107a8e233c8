import { selectorMatches } from '../../cluster/LabelSelector.ts';
import { workloadKey } from '../../cluster/Workload.ts';
import type { Scenario } from '../../scenario/Scenario.ts';
import type { BudgetOutcome, PodRow, WorkloadOutcome } from '../RunResult.ts';
import { run } from '../run.ts';
import { findSubject, type Subject } from './Subject.ts';

/** What a roll did to one workload, and why. */
export interface ExplainedWorkload {
  readonly workload: WorkloadOutcome;
  /** The budgets that select its pods. */
  readonly budgets: readonly BudgetOutcome[];
  /** Its pods that moved, waited, came or left. */
  readonly pods: readonly PodRow[];
}

/**
 * Runs `scenario` again and gathers what it did to one workload.
 * @throws RollError `ARGUMENT_INVALID` when the run had no such workload.
 */
export function explainWorkload(scenario: Scenario, seed: string, subject: Subject): ExplainedWorkload {
  const result = run(scenario, seed, 'withoutEvents');
  const workload = findSubject(subject, result.workloads);
  const selecting = scenario.cluster.budgets.filter(
    ({ namespace, selector }) => namespace === workload.namespace && selector !== undefined && selectorMatches(selector, workload.labels),
  );
  const isSelecting = ({ namespace, name }: BudgetOutcome) =>
    selecting.some((budget) => budget.namespace === namespace && budget.name === name);
  return {
    workload,
    budgets: result.budgets.filter(isSelecting),
    pods: result.pods.filter((pod) => pod.workload === workloadKey(workload)),
  };
}
