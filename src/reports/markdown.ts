import type { DocumentHead, Forecast, ForecastReport, Verdict } from '../experiments/Forecast.ts';
import { countOf } from './figures.ts';
import { forecastSections, nextSteps } from './rows.ts';
import type { Grid, Section } from './Section.ts';

const ROW_LIMIT = 100;

/** What a report says, before it is Markdown. */
export interface Page {
  readonly verdict: Pick<Verdict, 'outcome' | 'sentence'>;
  /** What it was made from. */
  readonly origin: string;
  readonly sections: readonly Section[];
  readonly steps: readonly string[];
}

/** The forecast as Markdown for a change ticket; whatever a name contains, it stays text. */
export function markdown(report: ForecastReport): string {
  return documentMarkdown(forecastPage(report));
}

/** What the report of one forecast says. */
export function forecastPage({ forecast, start }: ForecastReport): Page {
  return {
    verdict: forecast.verdict,
    origin: `${originOf(forecast)}; t = 0 is ${start}.${drawnRun(forecast)}`,
    sections: forecastSections(forecast, ROW_LIMIT),
    steps: nextSteps(forecast, 'SCENARIO'),
  };
}

/** Which of several runs the pictures of one run show. */
function drawnRun({ shownSeed }: Forecast): string {
  return shownSeed === undefined ? '' : ` Pictures of one run show that with seed ${shownSeed}, of median duration.`;
}

/** Scenario, seed, version and number of runs: what is needed to get the same bytes again. Without the full stop. */
export function originOf({ scenario, seed, rollcast, replications }: DocumentHead & { readonly replications: number }): string {
  return `Forecast of scenario ${scenario} with seed ${seed}, rollcast ${rollcast}. ${countOf(replications, 'run')}`;
}

/** A page with the verdict on top, its sections, and what to do next. */
export function documentMarkdown({ verdict, origin, sections, steps }: Page): string {
  const next = steps.length === 0 ? [] : ['## What to do next', steps.map((step) => `- ${escapeMarkdown(step)}`).join('\n')];
  const opening = [`# Roll forecast: ${verdict.outcome}`, `**${escapeMarkdown(verdict.sentence)}**`, escapeMarkdown(origin)];
  return `${[...opening, ...sections.map(sectionMarkdown), ...next].join('\n\n')}\n`;
}

/** A section as a second-level heading with its table. */
function sectionMarkdown({ title, lead, table, note }: Section): string {
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
