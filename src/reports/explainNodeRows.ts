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
  const steps = [...(maintenance ? [['its maintenance window opened', openedFor(reset, maintenance)] as const] : []), ...stepsOf(reset)];
  const rows = steps.map(([step, at]) => ({ tone: 'plain' as const, cells: [step, at === null ? 'never' : writeMoment(at)] }));
  const counts = [
    `evicted ${writeFigure(reset.evictions)}`,
    `refused ${writeFigure(reset.refusals)}`,
    `killed by force ${writeFigure(reset.forcedKills)}`,
  ].join(', ');
  const lead = `Pods: ${counts}. Waited ${reset.blockedSeconds === 0 ? 'not at all' : writeSeconds(reset.blockedSeconds)} for budgets.`;
  return [{ title: 'The reset', lead, table: { columns: columns('step', '>at'), rows } }];
}

type Step = readonly [string, number | null];

/** What is done with a node that stays, with one that goes for good, and with a new one, and when in seconds. */
function stepsOf(reset: NonNullable<NodeExplanation['reset']>): readonly Step[] {
  const { createdAt, goneAt, cordonedAt, drainedAt, resetAt, readyAt, inServiceAt } = reset;
  if (createdAt !== undefined) {
    return [
      ['asked for', createdAt],
      ['Ready', readyAt],
      ['in service', inServiceAt],
    ];
  }
  const emptied: readonly Step[] = [
    ['cordoned', cordonedAt],
    ['drained', drainedAt],
  ];
  if (goneAt !== undefined) return [...emptied, ['deletion began', resetAt], ['gone', goneAt]];
  return [...emptied, ['reset began', resetAt], ['Ready again', readyAt], ['back in service', inServiceAt]];
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
