import type { CellMetrics, Sweep } from '../experiments/Forecast.ts';
import { countOf, metricLabel, writeMetric } from './figures.ts';
import { inputSections, notModelledSections } from './originRows.ts';
import { columns, type Section } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

type FigureName = Exclude<keyof CellMetrics, 'intervals'>;

const figures: readonly FigureName[] = [
  'durationSeconds',
  'worstOutageSeconds',
  'outageSeconds',
  'peakPending',
  'pendingPodSeconds',
  'neverScheduled',
  'blockedSeconds',
  'refusals',
  'forcedKills',
  'degradedSeconds',
  'movesPerPod',
  'unservedRequests',
];
const needed: readonly FigureName[] = ['durationSeconds', 'worstOutageSeconds', 'peakPending', 'pendingPodSeconds', 'forcedKills'];

/** The settings of a sweep side by side for people at a terminal: the recommendation first. */
export function sweepText(sweep: Sweep, style: TerminalStyle): string {
  return pageText(sweepVerdict(sweep), sweepSections(sweep), sweepSteps(sweep), style);
}

/** The recommendation as a sentence, with the outcome that holds for it. */
export function sweepVerdict({ recommended, cells }: Sweep): { outcome: 'holds' | 'fails' | 'unknown'; sentence: string } {
  if (recommended !== null) {
    const words = recommended.certainty === 'unknown' ? 'Best known' : 'Recommended';
    return {
      outcome: recommended.certainty === 'unknown' ? 'unknown' : 'holds',
      sentence: `${words} (${recommended.certainty}): ${factorText(recommended.factors)}; ${recommended.reason.replace(/\.$/, '')}.`,
    };
  }
  const unknown = cells.some(({ verdict }) => verdict.outcome === 'unknown');
  return unknown
    ? { outcome: 'unknown', sentence: `None of ${countOf(cells.length, 'setting')} is known to keep every objective.` }
    : { outcome: 'fails', sentence: `None of ${countOf(cells.length, 'setting')} keeps every objective.` };
}

/** One row per setting; figures that are zero everywhere are left out. */
export function sweepSections(sweep: Sweep): Section[] {
  const shown = figures.filter((name) => sweep.cells.some(({ metrics }) => metrics[name] !== 0));
  const names = shown.map((name) => `>${metricLabel(name)}${needed.includes(name) ? '' : '?'}`);
  const factorNames = [...new Set(sweep.cells.flatMap(({ factors }) => Object.keys(factors)))];
  const rows = sweep.cells.map(({ factors, verdict, metrics }) => ({
    tone: ({ holds: 'good', fails: 'bad', unknown: 'warning' } as const)[verdict.outcome],
    cells: [
      verdict.outcome,
      ...factorNames.map((name) => String(factors[name] ?? '-')),
      ...shown.map((name) => (metrics[name] === 0 ? '-' : withInterval(name, metrics))),
      failing(verdict.objectives),
    ],
  }));
  const table = { columns: columns('outcome', ...factorNames.map((name) => `>${name}`), ...names, 'breaks'), rows };
  return [{ title: 'Settings', table }, ...inputSections(sweep.inputs), ...notModelledSections(sweep.notModelled)];
}

function withInterval(name: FigureName, metrics: CellMetrics): string {
  const interval = metrics.intervals?.[name];
  const value = writeMetric(name, metrics[name]);
  return interval === undefined || interval[0] === interval[1]
    ? value
    : `${value} (${interval.map((end) => writeMetric(name, end)).join('..')})`;
}

function failing(objectives: Sweep['cells'][number]['verdict']['objectives']): string {
  return (
    objectives
      .filter(({ outcome }) => outcome !== 'holds')
      .map(({ name }) => name)
      .join(', ') || '-'
  );
}

function factorText(factors: Readonly<Record<string, string | number>>): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** What to do when no setting keeps every objective. */
export function sweepSteps({ recommended, cells }: Sweep): string[] {
  if (recommended !== null) return [];
  const least = cells[0]?.factors ?? {};
  return [`look at the gentlest setting alone (rollcast run with ${factorText(least)}): its findings name what has to change`];
}
