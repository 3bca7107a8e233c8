import type { ForecastReport, Verdict } from '../experiments/Forecast.ts';
import { forecastSections, nextSteps } from './rows.ts';
import type { Grid, Section } from './Section.ts';

const ROW_LIMIT = 100;

/** The forecast as Markdown for a change ticket; whatever a name contains, it stays text. */
export function markdown({ forecast, start }: ForecastReport): string {
  const steps = nextSteps(forecast, 'SCENARIO');
  const origin = `Forecast of scenario ${forecast.scenario} with seed ${forecast.seed}, ${forecast.replications === 1 ? 'one run' : `${forecast.replications} replications`}, start ${start}, rollcast ${forecast.rollcast}.`;
  const next: Section[] = steps.length === 0 ? [] : [{ title: 'What to do next' }];
  return [
    heading(forecast.verdict),
    escapeMarkdown(origin),
    ...forecastSections(forecast, ROW_LIMIT).map(sectionMarkdown),
    ...next.map((section) => [sectionMarkdown(section), steps.map((step) => `- ${escapeMarkdown(step)}`).join('\n')].join('\n\n')),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

/** The verdict on top and one part below the other, for any results document. */
export function heading({ outcome, sentence }: Pick<Verdict, 'outcome' | 'sentence'>): string {
  return `# Roll forecast: ${outcome}\n\n**${escapeMarkdown(sentence)}**`;
}

/** A section as a second-level heading with its table. */
export function sectionMarkdown({ title, lead, table, note }: Section): string {
  const parts = [`## ${escapeMarkdown(title)}`, lead && escapeMarkdown(lead), table && gridMarkdown(table), note && escapeMarkdown(note)];
  return parts.filter((part) => part !== undefined).join('\n\n');
}

function gridMarkdown({ columns, rows }: Grid): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `| ${columns.map(({ align }) => (align === 'right' ? '---:' : '---')).join(' | ')} |`;
  return [line(columns.map(({ name }) => name)), rule, ...rows.map(({ cells }) => line(cells))].join('\n');
}

/** Backslashes before everything that Markdown or HTML would read as markup; line breaks become blanks. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]|~#]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
