import Table from 'cli-table3';
import type { Forecast, Verdict } from '../experiments/Forecast.ts';
import { fitGrid, GAP, wrap } from './fitGrid.ts';
import { forecastSections, nextSteps } from './rows.ts';
import type { Grid, Section, Tone } from './Section.ts';

/** How a terminal shows text. */
export interface TerminalStyle {
  /** Characters per line. */
  readonly width: number;
  readonly paint: Paint;
}

/** Colours, as picocolors makes them; plain text where there are none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const ROW_LIMIT = 20;

/** The forecast for people at a terminal: the verdict first, then reasons, tables, and what to do next if it does not hold. */
export function forecastText(forecast: Forecast, scenarioFile: string, style: TerminalStyle): string {
  return pageText(forecast.verdict, forecastSections(forecast, ROW_LIMIT), nextSteps(forecast, scenarioFile), style);
}

/** One page: `verdict` on top, `sections` below it, `steps` at the end. */
export function pageText(
  verdict: Pick<Verdict, 'outcome' | 'sentence'>,
  sections: readonly Section[],
  steps: readonly string[],
  style: TerminalStyle,
): string {
  const next = steps.length === 0 ? [] : [[style.paint.bold('What to do next'), ...steps.map((step) => bullet(step, style))].join('\n')];
  return `${[headline(verdict, style), ...sections.map((section) => sectionText(section, style)), ...next].join('\n\n')}\n`;
}

const mark = { holds: '✓', fails: '✗', unknown: '?' } as const;

function headline({ outcome, sentence }: Pick<Verdict, 'outcome' | 'sentence'>, { width, paint }: TerminalStyle): string {
  const colour = { holds: paint.green, fails: paint.red, unknown: paint.yellow }[outcome];
  const lines = wrap(sentence, width - 2).split('\n');
  return lines.map((line, index) => paint.bold(colour(`${index === 0 ? mark[outcome] : ' '} ${line}`))).join('\n');
}

/** A title, its lead, its table and its note, each on lines of their own. */
export function sectionText({ title, lead, table, note }: Section, style: TerminalStyle): string {
  const { paint, width } = style;
  return [
    paint.bold(title),
    ...(lead === undefined ? [] : [wrap(lead, width)]),
    ...(table === undefined ? [] : [gridText(table, style)]),
    ...(note === undefined ? [] : [paint.dim(wrap(note, width))]),
  ].join('\n');
}

function gridText(grid: Grid, { width, paint }: TerminalStyle): string {
  const { columns, widths, header, cells } = fitGrid(grid, width);
  const table = new Table({
    colAligns: columns.map(({ align }) => align),
    colWidths: [...widths],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    chars: borderless,
  });
  for (const line of linesOf(header)) table.push(line.map((text) => paint.dim(text)));
  cells.forEach((row, index) => {
    const tone = grid.rows[index]?.tone ?? 'plain';
    for (const [first = '', ...others] of linesOf(row)) table.push([tint(first, tone, paint), ...others]);
  });
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The lines of a row of wrapped cells, each a row of its own: a cell of many lines takes the table as long as the square of their number. */
function linesOf(cells: readonly string[]): string[][] {
  const lines = cells.map((cell) => cell.split('\n'));
  const height = Math.max(...lines.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => lines.map((cell) => cell[at] ?? ''));
}

const borderless = {
  ...{ top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '' },
  ...{ left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: ' '.repeat(GAP) },
};

function tint(text: string, tone: Tone, paint: Paint): string {
  if (text === '') return text;
  switch (tone) {
    case 'good':
      return paint.green(text);
    case 'bad':
      return paint.red(text);
    case 'warning':
      return paint.yellow(text);
    case 'plain':
      return text;
  }
}

function bullet(text: string, { width }: TerminalStyle): string {
  return `- ${wrap(text, width - 2).replaceAll('\n', '\n  ')}`;
}
