import type { Forecast } from '../experiments/Forecast.ts';
import { countOf, writeCount, writeMoment, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, tableSection } from './Section.ts';
import { localTimeText, wallClockText } from './wallClockText.ts';

/** The maintenance windows of a roll and what was done in each; none for a roll without any. */
export function maintenanceSections({ maintenance, nodes }: Pick<Forecast['roll'], 'maintenance' | 'nodes'>, rowLimit: number): Section[] {
  if (!maintenance) return [];
  const { windows, next } = maintenance;
  const { kept, note } = limitRows(windows, rowLimit, {
    trouble: ({ started }) => started,
    rest: 'the other windows',
    file: 'results.json',
  });
  const rows = kept.map(({ opens, closes, opensSeconds, closesSeconds, started }) => ({
    tone: 'plain' as const,
    cells: [localTimeText(opens), localTimeText(closes), writeMoment(opensSeconds), writeMoment(closesSeconds), writeCount(started)],
  }));
  const waiting = next
    ? [{ tone: 'warning' as const, cells: [localTimeText(next.opens), localTimeText(next.closes), 'after', 'the horizon', '-'] }]
    : [];
  const table = { columns: columns('>opens', '>closes', '>opens after', '>closes after', '>nodes started'), rows: [...rows, ...waiting] };
  const left = nodes.filter(({ outcome }) => outcome === 'notStarted').length;
  return tableSection('Maintenance windows', table, { lead: leadOf(maintenance, left), ...(note === undefined ? {} : { note }) });
}

function leadOf({ onClose, suspendedSeconds, windows, next }: NonNullable<Forecast['roll']['maintenance']>, left: number): string {
  const used = windows.filter(({ started }) => started > 0).length;
  const parts = [
    `Nodes started in ${countOf(used, 'window')}`,
    ...(suspendedSeconds > 0 ? [`the roll was suspended for ${writeSeconds(suspendedSeconds)}`] : []),
    ...(next ? [`${countOf(left, 'node')} still ${left === 1 ? 'waits' : 'wait'} for ${wallClockText(next.opens)}`] : []),
  ];
  return `${parts.join('; ')}. ${MEANINGS[onClose]}`;
}

const MEANINGS: Readonly<Record<NonNullable<Forecast['roll']['maintenance']>['onClose'], string>> = {
  finishInFlightThenPause: 'When a window closes, nodes that have started are finished, and the roll pauses until the next one opens.',
  noNewStart: 'Outside of a window no node starts; those that have started are finished.',
  runOn: 'A window decides about the start of the roll alone: one that has begun runs on when it closes.',
};
