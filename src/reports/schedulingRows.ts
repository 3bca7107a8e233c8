import type { Forecast } from '../experiments/Forecast.ts';
import { firstNames } from '../rolls/firstNames.ts';
import { countOf, writeCount, writeFigure, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, tableSection } from './Section.ts';

/** What stood in the way: budgets that refused, the scheduler's reasons, and the pods that were left over. */
export function schedulingSections(forecast: Forecast, rowLimit: number): Section[] {
  return [
    ...budgetSections(forecast.budgets, rowLimit),
    ...reasonSections(forecast.scheduling, rowLimit),
    ...neverScheduledSections(forecast.scheduling, rowLimit),
    ...pendingBeforeSections(forecast.scheduling),
  ];
}

function budgetSections(budgets: Forecast['budgets'], rowLimit: number): Section[] {
  const refusing = budgets.filter(({ refusals, blockedSeconds, stuck }) => refusals > 0 || blockedSeconds > 0 || stuck);
  const { kept, note } = limitRows(refusing, rowLimit, {
    trouble: ({ stuck, blockedSeconds }) => (stuck ? 1e9 : 0) + blockedSeconds,
    rest: 'the other budgets',
    file: 'results.json',
  });
  const rows = kept.map(({ namespace, name, refusals, blockedSeconds, stuck }) => ({
    tone: stuck ? ('bad' as const) : ('warning' as const),
    cells: [
      `${namespace}/${name}`,
      writeCount(refusals),
      writeSeconds(blockedSeconds),
      stuck ? 'for ever: nothing that is left to happen opens it' : 'for a while',
    ],
  }));
  const names = columns('budget', '>evictions refused', '>nodes waited', 'blocks');
  return tableSection('Budgets that refused', { columns: names, rows }, note === undefined ? {} : { note });
}

function reasonSections({ reasons }: Forecast['scheduling'], rowLimit: number): Section[] {
  const { kept, note } = limitRows(reasons, rowLimit, {
    trouble: ({ attempts }) => attempts,
    rest: 'the other reasons',
    file: 'results.json',
  });
  const rows = kept.map(({ message, attempts, pods }) => ({
    tone: 'plain' as const,
    cells: [writeFigure(attempts), writeFigure(pods), message],
  }));
  const names = columns('>attempts', '>pods', 'the scheduler says');
  return tableSection('Why pods waited', { columns: names, rows }, note === undefined ? {} : { note });
}

function neverScheduledSections({ neverScheduled }: Forecast['scheduling'], rowLimit: number): Section[] {
  const { kept, note } = limitRows(neverScheduled, rowLimit, { trouble: () => 1, rest: 'the other pods', file: 'results.json' });
  const rows = kept.map(({ pod, message }) => ({ tone: 'bad' as const, cells: [pod, message] }));
  return tableSection('Never scheduled', { columns: columns('pod', 'the scheduler says'), rows }, note === undefined ? {} : { note });
}

/** Named apart, because the roll did not cause it. */
function pendingBeforeSections({ pendingBefore }: Forecast['scheduling']): Section[] {
  if (pendingBefore.length === 0) return [];
  const lead = `${countOf(pendingBefore.length, 'pod')} did not fit even before the roll began: ${firstNames(pendingBefore)}.`;
  return [{ title: 'Pending before the roll', lead }];
}
