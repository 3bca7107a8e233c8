import type { Comparison, FindingDifference, MetricDifference, ObjectiveDifference, RowDifference } from '../experiments/Comparison.ts';
import { countOf, metricLabel, writeFigure, writeMetric, writeShare } from './figures.ts';
import { limitRows } from './limitRows.ts';
import type { Page } from './markdown.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

/** The difference between two scenarios or reports for people at a terminal: the verdict first. */
export function comparisonText(comparison: Comparison, style: TerminalStyle): string {
  return pageText(comparison.verdict, comparisonSections(comparison, TERMINAL_ROWS), comparisonSteps(comparison), style);
}

/** The same for a report folder. */
export function comparisonPage(comparison: Comparison): Page {
  const { a, b, rollcast } = comparison;
  const origin = `Comparison of A, scenario ${a.scenario} with seed ${a.seed}, and B, scenario ${b.scenario}, rollcast ${rollcast}.`;
  const sections = comparisonSections(comparison, PAGE_ROWS);
  return { verdict: comparison.verdict, origin, sections, steps: comparisonSteps(comparison) };
}

const TERMINAL_ROWS = 10;
const PAGE_ROWS = 100;

/** What changes: outcomes, figures, then rows, and what does not in one line. */
function comparisonSections(comparison: Comparison, rowLimit: number): Section[] {
  const { workloads, budgets, nodes, findings } = comparison;
  return [
    ...caveatSections(comparison),
    ...objectiveSections(comparison.objectives),
    ...metricSections(comparison),
    ...rowSections('Workloads that differ', 'workload', workloads, rowLimit),
    ...rowSections('Budgets that differ', 'budget', budgets, rowLimit),
    ...rowSections('Nodes that differ', 'node', nodes, rowLimit),
    ...findingSections(findings, rowLimit),
    sameSection(comparison),
    sidesSection(comparison),
    ...settingSections(comparison.settings),
  ];
}

function sidesSection({ a, b }: Comparison): Section {
  const rows = (
    [
      ['A', a],
      ['B', b],
    ] as const
  ).map(([side, { source, roll, replications, verdict }]) => ({
    tone: outcomeTone[verdict.outcome],
    cells: [side, source, verdict.outcome, `${roll.preset}, maxUnavailable ${roll.maxUnavailable}`, writeFigure(replications)],
  }));
  return { title: 'Compared', table: { columns: columns('', 'what', 'outcome', 'roll', '>runs'), rows } };
}

const outcomeTone = { holds: 'good', fails: 'bad', unknown: 'warning' } as const;

function caveatSections({ caveats }: Comparison): Section[] {
  return caveats.length === 0 ? [] : [{ title: 'Mind', lead: `${caveats.join('; ')}.` }];
}

function objectiveSections(objectives: Comparison['objectives']): Section[] {
  const rows = objectives.map(({ name, change, a, b }) => ({
    tone: changeTone[change],
    cells: [changeWords[change], name, judgedText(a), judgedText(b), (b ?? a)?.evidence ?? ''],
  }));
  return tableSection('Objectives that change', { columns: columns('B is', 'objective', 'A', 'B', 'evidence'), rows });
}

const changeTone: Readonly<Record<ObjectiveDifference['change'], Tone>> = {
  ...{ worse: 'bad', unknown: 'warning', better: 'good', same: 'plain', onlyA: 'plain', onlyB: 'plain' },
};
const changeWords: Readonly<Record<ObjectiveDifference['change'], string>> = {
  ...{ worse: 'worse', unknown: 'unknown', better: 'better', same: 'no better', onlyA: 'not asked', onlyB: 'asked alone' },
};

function judgedText(judged: ObjectiveDifference['a']): string {
  if (judged === null) return '-';
  return judged.interval === null ? judged.outcome : `${judged.outcome} (${writeShare(judged.probability)})`;
}

/** The figures that differ; ties are counted in the line on what is the same. */
function metricSections({ metrics, pairing }: Comparison): Section[] {
  const rows = metrics
    .filter(({ relation }) => relation !== 'same')
    .map((metric) => ({
      tone: metric.relation === 'more' ? ('warning' as const) : ('plain' as const),
      cells: [
        metricLabel(metric.name),
        writeValue(metric.name, metric.a),
        writeValue(metric.name, metric.b),
        metric.difference === null ? '-' : signed(metric.name, metric.difference),
        intervalText(metric),
        metric.relation === 'unclear' ? 'no clear difference' : `${metric.relation} in B`,
      ],
    }));
  const names = columns('figure', '>A', '>B', '>difference', '>95% interval', 'so');
  return tableSection('Figures that differ', { columns: names, rows }, { lead: pairingLead(pairing) });
}

function pairingLead({ pairs, shownSeed }: Comparison['pairing']): string {
  if (pairs === 1) return 'One pair of runs under the same seed: no interval, and chance may play a part.';
  return `${countOf(pairs, 'pair')} of runs under the same seeds; rows further down are of the pair with seed ${shownSeed}.`;
}

/** Both ends; one word where they are the same, because every pair of runs differs alike. */
function intervalText({ name, ci95 }: MetricDifference): string {
  if (ci95 === null) return '-';
  const [low, high] = ci95.map((end) => signed(name, end));
  return low === high ? 'exact' : `${low} to ${high}`;
}

function writeValue(name: string, value: number): string {
  return Number.isFinite(value) ? writeMetric(name, value) : 'never';
}

/** A difference with its sign: `+4m`, `-2.5`. */
function signed(name: MetricDifference['name'], value: number): string {
  const size = writeMetric(name, Math.abs(value));
  if (value === 0) return size;
  return `${value > 0 ? '+' : '-'}${size}`;
}

function rowSections(title: string, kind: string, all: readonly RowDifference[], rowLimit: number): Section[] {
  const { kept, note } = limitFirst(all, rowLimit);
  const rows = kept.map(({ object, only, changes }) => ({
    tone: 'plain' as const,
    cells: [object, only === undefined ? changes.map(changeText).join(', ') : `only in ${only.toUpperCase()}: ${onlyText(changes)}`],
  }));
  return tableSection(title, { columns: columns(kind, 'A -> B'), rows }, note);
}

/** The rows are in order of importance. */
function limitFirst<T>(all: readonly T[], rowLimit: number): { kept: readonly T[]; note: Pick<Section, 'note'> } {
  const rank = new Map(all.map((item, index) => [item, -index]));
  const { kept, note } = limitRows(all, rowLimit, { trouble: (item) => rank.get(item) ?? 0, rest: 'the others', file: 'results.json' });
  return { kept, note: note === undefined ? {} : { note } };
}

function changeText({ figure, a, b }: RowDifference['changes'][number]): string {
  return `${metricLabel(figure)} ${cellText(figure, a)} -> ${cellText(figure, b)}`;
}

function onlyText(changes: RowDifference['changes']): string {
  return changes.map(({ figure, a, b }) => `${metricLabel(figure)} ${cellText(figure, a ?? b)}`).join(', ');
}

function cellText(figure: string, value: number | string | null): string {
  if (value === null) return '-';
  return typeof value === 'string' ? value : writeMetric(figure, value);
}

function findingSections(findings: readonly FindingDifference[], rowLimit: number): Section[] {
  const { kept, note } = limitFirst(findings, rowLimit);
  const rows = kept.map(({ severity, code, object, message, in: place }) => ({
    tone: severityTone[severity],
    cells: [severity, place === 'both' ? 'says otherwise in B' : `only in ${place.toUpperCase()}`, object, `${message} [${code}]`],
  }));
  return tableSection('Findings that differ', { columns: columns('severity', 'where', 'object', 'finding'), rows }, note);
}

const severityTone = { error: 'bad', warning: 'warning', info: 'plain' } as const;

function settingSections(settings: Comparison['settings']): Section[] {
  const rows = settings.map(({ name, a, b }) => ({ tone: 'plain' as const, cells: [name, a ?? '-', b ?? '-'] }));
  return tableSection('Settings that differ', { columns: columns('setting', 'A', 'B'), rows });
}

/** One line on all that is the same, ties among the figures by name. */
function sameSection({ same, metrics }: Comparison): Section {
  const ties = metrics.filter(({ relation }) => relation === 'same').map(({ name }) => metricLabel(name));
  const counts = [
    countOf(same.objectives, 'objective'),
    `${countOf(same.metrics, 'figure')}${ties.length > 0 ? ` (ties: ${ties.join(', ')})` : ''}`,
    countOf(same.workloads, 'workload'),
    countOf(same.budgets, 'budget'),
    countOf(same.nodes, 'node'),
    countOf(same.findings, 'finding'),
  ];
  return { title: 'The same in both', lead: `${counts.join(', ')}.` };
}

/** What to do where one pair of runs may have been luck, or B is worse. */
function comparisonSteps({ pairing, verdict, a, b }: Comparison): string[] {
  const alone = pairing.pairs === 1 ? ['see how much of this is luck: compare again with --replications 20'] : [];
  const why = verdict.outcome === 'holds' ? [] : [`see why in B alone, ${b.source}: rollcast run a scenario, rollcast explain a report`];
  return a.source === b.source && verdict.outcome === 'holds' ? [] : [...alone, ...why];
}
