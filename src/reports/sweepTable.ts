import type { CellMetrics, Sweep } from '../experiments/Forecast.ts';
import { alwaysFailing, brokenObjectives, inAll } from './brokenObjectives.ts';
import { countOf, metricLabel, writeMetric } from './figures.ts';
import { originOf, type Page } from './markdown.ts';
import { inputSections, notModelledSections } from './originRows.ts';
import { precisionSections } from './precisionRows.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

type FigureName = Exclude<keyof CellMetrics, 'intervals'>;

/** What every sweep is asked for; shown even when it is zero everywhere. */
const needed: readonly FigureName[] = ['durationSeconds', 'peakPending', 'outageSeconds', 'refusals'];
const figures: readonly FigureName[] = [
  ...needed,
  'unfinished',
  'pendingPodSeconds',
  'neverScheduled',
  'forcedKills',
  'belowFloorSeconds',
  'worstOutageSeconds',
  'workloadsDown',
  'blockedSeconds',
  'degradedSeconds',
  'movesPerPod',
  'wastedMoves',
  'failedAttempts',
  'unservedRequests',
];

/** The settings of a sweep side by side for people at a terminal: the recommendation first. */
export function sweepText(sweep: Sweep, style: TerminalStyle): string {
  return pageText(sweepVerdict(sweep), sweepSections(sweep), sweepSteps(sweep), style);
}

/** The same for a report folder. */
export function sweepPage(sweep: Sweep): Page {
  const origin = `${originOf(sweep)} per setting.`;
  return { verdict: sweepVerdict(sweep), origin, sections: sweepSections(sweep), steps: sweepSteps(sweep) };
}

/** The recommendation as a sentence, with the outcome that holds for it. */
function sweepVerdict({ recommended, cells }: Sweep): { outcome: 'holds' | 'fails' | 'unknown'; sentence: string } {
  if (recommended !== null) {
    const words = recommended.certainty === 'unknown' ? 'Best known' : 'Recommended';
    return {
      outcome: recommended.certainty === 'unknown' ? 'unknown' : 'holds',
      sentence: `${words} (${recommended.certainty}): ${factorText(recommended.factors)}; ${recommended.reason.replace(/\.$/, '')}.`,
    };
  }
  const settings = cells.length === 1 ? 'The one setting' : `None of ${countOf(cells.length, 'setting')}`;
  const unknown = cells.some(({ verdict }) => verdict.outcome === 'unknown');
  if (unknown) return { outcome: 'unknown', sentence: `${settings} is ${cells.length === 1 ? 'not ' : ''}known to keep every objective.` };
  const keeps = cells.length === 1 ? 'does not keep' : 'keeps';
  return { outcome: 'fails', sentence: `${settings} ${keeps} every objective${alwaysFailing(failingInAll(cells))}.` };
}

/** The objectives that no setting keeps. */
function failingInAll(cells: Sweep['cells']): string[] {
  return inAll(cells.map(({ verdict }) => verdict.objectives.flatMap(({ name, outcome }) => (outcome === 'fails' ? name : []))));
}

/** One row per setting; figures beyond the needed ones are left out when they are zero everywhere. */
function sweepSections(sweep: Sweep): Section[] {
  const shown = figures.filter((name) => needed.includes(name) || sweep.cells.some(({ metrics }) => metrics[name] !== 0));
  const names = shown.map((name) => `>${metricLabel(name)}${needed.includes(name) ? '' : '?'}`);
  const factorNames = [...new Set(sweep.cells.flatMap(({ factors }) => Object.keys(factors)))];
  const byAll = sweep.recommended === null ? failingInAll(sweep.cells) : [];
  const rows = sweep.cells.map(({ factors, verdict, metrics }) => ({
    tone: toneOf(verdict),
    cells: [
      verdict.outcome,
      ...factorNames.map((name) => String(factors[name] ?? '-')),
      ...shown.map((name) => (metrics[name] === 0 ? zeroOf(name) : withInterval(name, metrics))),
      brokenObjectives(notKept(verdict), byAll),
    ],
  }));
  const table = { columns: columns('outcome', ...factorNames.map((name) => `>${name}`), ...names, 'breaks'), rows };
  return [
    { title: 'Settings', table },
    ...precisionSections(sweep, ' of each setting'),
    ...frontSections(sweep, factorNames),
    ...inputSections(sweep.inputs),
    ...notModelledSections(sweep.notModelled),
  ];
}

/** The settings worth choosing from by duration and outage alone. */
function frontSections({ cells, paretoFront }: Sweep, factorNames: readonly string[]): Section[] {
  const chosen = paretoFront.flatMap((factors) => cells.find((cell) => factorText(cell.factors) === factorText(factors)) ?? []);
  const rows = chosen.map(({ factors, verdict, metrics }) => ({
    tone: toneOf(verdict),
    cells: [
      verdict.outcome,
      ...factorNames.map((name) => String(factors[name] ?? '-')),
      withInterval('durationSeconds', metrics),
      metrics.outageSeconds === 0 ? '0' : withInterval('outageSeconds', metrics),
    ],
  }));
  const lead = 'No other setting whose rolls complete is both shorter and down for less than one of these.';
  const names = [...factorNames, metricLabel('durationSeconds'), metricLabel('outageSeconds')].map((name) => `>${name}`);
  return tableSection('Duration against downtime', { columns: columns('outcome', ...names), rows }, { lead });
}

function toneOf({ outcome }: Sweep['cells'][number]['verdict']): Tone {
  return ({ holds: 'good', fails: 'bad', unknown: 'warning' } as const)[outcome];
}

/** A column of dashes alone is left out of a table, a column of zeros is not. */
function zeroOf(name: FigureName): string {
  return needed.includes(name) ? '0' : '-';
}

function withInterval(name: FigureName, metrics: CellMetrics): string {
  const value = writeMetric(name, metrics[name]);
  const ends = (metrics.intervals?.[name] ?? []).map((end) => writeMetric(name, end));
  return ends.every((end) => end === value) ? value : `${value} (${ends.join('..')})`;
}

function notKept({ objectives }: Sweep['cells'][number]['verdict']): string[] {
  return objectives.flatMap(({ name, outcome }) => (outcome === 'holds' ? [] : name));
}

function factorText(factors: Readonly<Record<string, string | number>>): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** What to do when no setting keeps every objective. */
function sweepSteps({ recommended, cells }: Sweep): string[] {
  if (recommended !== null) return [];
  const least = cells[0]?.factors ?? {};
  return [`look at the gentlest setting alone (rollcast run with ${factorText(least)}): its findings name what has to change`];
}
