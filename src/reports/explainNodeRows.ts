import type { NodeExplanation } from '../experiments/Explanation.ts';
import type { MaintenanceRow } from '../experiments/maintenanceRow.ts';
import { departureOf } from './departures.ts';
import { writeCount, writeFigure, writeMoment, writeSeconds } from './figures.ts';
import { historySections } from './historyRows.ts';
import { lastRows } from './lastRows.ts';
import { columns, type Section, tableSection } from './Section.ts';

const LIMIT = 60;

/** The steps of a node's reset, who blocked it, what happened to it, and the pods that left and came. */
export function explainNodeSections({ reset, maintenance, refusedBy, history, traffic }: NodeExplanation): Section[] {
  return [...stepSections(reset, maintenance), ...budgetSections(refusedBy), ...historySections(history), ...trafficSections(traffic)];
}

function stepSections(reset: NodeExplanation['reset'], maintenance: NodeExplanation['maintenance']): Section[] {
  if (!reset) return [];
  const { createdAt, goneAt } = reset;
  const isReplaced = goneAt !== undefined;
  const steps: readonly (readonly [string, number | null])[] = [
    ...(maintenance ? [['its maintenance window opened', openedFor(reset, maintenance)] as const] : []),
    ...(createdAt === undefined ? [] : [['asked for', createdAt] as const]),
    ['cordoned', reset.cordonedAt],
    ['drained', reset.drainedAt],
    [isReplaced ? 'deletion began' : 'reset began', reset.resetAt],
    ...(isReplaced
      ? [['gone', goneAt] as const]
      : [['Ready again', reset.readyAt] as const, ['back in service', reset.inServiceAt] as const]),
  ];
  const rows = steps.map(([step, at]) => ({ tone: 'plain' as const, cells: [step, at === null ? 'never' : writeMoment(at)] }));
  const counts = [
    `evicted ${writeFigure(reset.evictions)}`,
    `refused ${writeFigure(reset.refusals)}`,
    `killed by force ${writeFigure(reset.forcedKills)}`,
  ].join(', ');
  const lead = `Pods: ${counts}. Waited ${reset.blockedSeconds === 0 ? 'not at all' : writeSeconds(reset.blockedSeconds)} for budgets.`;
  return [{ title: 'The reset', lead, table: { columns: columns('step', '>at'), rows } }];
}

/** When the last window opened before the turn of the node came, in seconds; null for a node whose turn never came. */
function openedFor({ outcome, startedAt, cordonedAt }: NonNullable<NodeExplanation['reset']>, { windows }: MaintenanceRow): number | null {
  const turn = startedAt ?? cordonedAt;
  if (outcome === 'notStarted' || turn === null) return null;
  return windows.findLast(({ opensSeconds }) => opensSeconds <= turn)?.opensSeconds ?? null;
}

function budgetSections(budgets: NodeExplanation['refusedBy']): Section[] {
  const rows = budgets.map(({ budget, refusals, blockedSeconds }) => ({
    tone: 'warning' as const,
    cells: [budget, writeCount(refusals), writeSeconds(blockedSeconds)],
  }));
  return tableSection('Budgets that refused', { columns: columns('budget', '>evictions refused', '>node waited'), rows });
}

function trafficSections(traffic: NodeExplanation['traffic']): Section[] {
  const { kept, note } = lastRows(traffic, LIMIT);
  const rows = kept.map(({ at, what, pod, cause }) => ({
    tone: 'plain' as const,
    cells: [writeMoment(at), pod, what, departureOf(cause)],
  }));
  return tableSection(
    'Pods that left and came',
    { columns: columns('>at', 'pod', 'what', 'because'), rows },
    note === undefined ? {} : { note },
  );
}
