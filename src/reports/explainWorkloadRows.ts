import type { WorkloadExplanation } from '../experiments/Explanation.ts';
import { departureOf } from './departures.ts';
import { writeCount, writeMoment, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, tableSection } from './Section.ts';
import { workloadSections } from './workloadRows.ts';

const LIMIT = 60;

/** The harm done to a workload and its causes, the budgets over its pods, and the moves of its pods. */
export function explainWorkloadSections({ workload, budgets, pods }: WorkloadExplanation): Section[] {
  return [...workloadSections([workload], LIMIT), ...budgetSections(budgets), ...podSections(pods)];
}

function budgetSections(budgets: WorkloadExplanation['budgets']): Section[] {
  if (budgets.length === 0) return [{ title: 'Budgets over its pods', lead: 'None: nothing holds a drain back.' }];
  const rows = budgets.map(({ budget, refusals, blockedSeconds, stuck }) => ({
    tone: stuck ? ('bad' as const) : ('plain' as const),
    cells: [budget, writeCount(refusals), writeSeconds(blockedSeconds), stuck ? 'for ever' : refusals > 0 ? 'for a while' : 'nobody'],
  }));
  return tableSection('Budgets over its pods', { columns: columns('budget', '>evictions refused', '>nodes waited', 'blocks'), rows });
}

function podSections(pods: WorkloadExplanation['pods']): Section[] {
  const { kept, note } = limitRows(pods, LIMIT, {
    trouble: ({ failedAttempts }) => failedAttempts,
    rest: 'the other pods',
    file: 'pods.csv',
  });
  const rows = kept.map((pod) => ({
    tone: pod.boundAt === null ? ('bad' as const) : ('plain' as const),
    cells: [
      pod.pod.slice(pod.pod.indexOf('/') + 1),
      pod.node ?? 'none',
      ...[pod.createdAt, pod.boundAt, pod.readyAt, pod.goneAt].map(momentOf),
      writeCount(pod.failedAttempts),
      departureOf(pod.cause),
    ],
  }));
  const names = columns('pod', 'node', '>created?', '>bound', '>ready', '>gone', '>failed attempts?', 'left because?');
  return tableSection('Its pods that moved', { columns: names, rows }, note === undefined ? {} : { note });
}

/** A pod that was there at the start was created before t = 0. */
function momentOf(at: number | null): string {
  return at !== null && at < 0 ? 'before' : writeMoment(at);
}
