import type { HistoryRow } from '../experiments/Explanation.ts';
import { writeMoment } from './figures.ts';
import { lastRows } from './lastRows.ts';
import { columns, type Section, tableSection } from './Section.ts';

const LIMIT = 30;

/** What happened to one object, in order of time. */
export function historySections(history: readonly HistoryRow[]): Section[] {
  const { kept, note } = lastRows(history, LIMIT);
  const rows = kept.map(({ at, event, detail }) => ({
    tone: 'plain' as const,
    cells: [writeMoment(at), wordsOf(event), detailOf(detail)],
  }));
  return tableSection('What happened', { columns: columns('>at', 'event', 'detail'), rows }, note === undefined ? {} : { note });
}

/** `podTerminating` -> `pod terminating`. */
function wordsOf(event: string): string {
  return event.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function detailOf(detail: HistoryRow['detail']): string {
  const parts = Object.entries(detail).map(([name, value]) => `${name} ${value === '' ? 'none' : value}`);
  return parts.join(', ') || '-';
}
