import type { Forecast } from '../experiments/Forecast.ts';
import { columns, type Section, tableSection } from './Section.ts';

const severityTone = { error: 'bad', warning: 'warning', info: 'plain' } as const;

/** What a reader should know apart from the figures, each with what to do about it; the code is stable and can be looked up. */
export function findingSections(findings: Forecast['findings']): Section[] {
  const rows = findings.map(({ severity, code, object, message, hint }) => ({
    tone: severityTone[severity],
    cells: [severity, object, `${message}${hint === '' ? '' : `; ${hint}`} [${code}]`],
  }));
  return tableSection('Findings', { columns: columns('severity', 'object', 'finding'), rows });
}
