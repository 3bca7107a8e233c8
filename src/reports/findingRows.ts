import type { Forecast } from '../experiments/Forecast.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, tableSection } from './Section.ts';

const severityTone = { error: 'bad', warning: 'warning', info: 'plain' } as const;
const severityWeight = { error: 2, warning: 1, info: 0 } as const;

/**
 * What a reader should know apart from the figures, each with what to do about it (said once where several share it); the code is
 * stable and can be looked up.
 */
export function findingSections(findings: Forecast['findings'], rowLimit: number): Section[] {
  const { kept, note } = limitRows(findings, rowLimit, {
    trouble: ({ severity }) => severityWeight[severity],
    rest: 'the other findings',
    file: 'results.json',
  });
  const hinted = new Set<string>();
  const rows = kept.map(({ severity, code, object, message, hint }) => {
    const isNew = hint !== '' && !hinted.has(hint);
    hinted.add(hint);
    const advice = isNew ? `; ${hint}` : '';
    return { tone: severityTone[severity], cells: [severity, object, `${message.replace(/\.$/, '')}${advice} [${code}]`] };
  });
  return tableSection('Findings', { columns: columns('severity', 'object', 'finding'), rows }, note === undefined ? {} : { note });
}
