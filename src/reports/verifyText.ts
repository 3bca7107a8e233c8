import type { Agreement } from '../experiments/agreement.ts';
import type { Verification, VerifiedRun } from '../experiments/verify.ts';
import { formatDuration, seconds } from '../units.ts';
import { countOf, writeFigure, writeShare } from './figures.ts';
import { columns, type Row, type Section, tableSection } from './Section.ts';
import { pageText, type TerminalStyle } from './table.ts';

/** The forecast of a recorded roll beside what happened, for people: run by run, the roll, its nodes, its workloads. */
export function verifyText(verification: Verification, style: TerminalStyle): string {
  const sections = verification.runs.flatMap((run, index) => runSections(run, `Run ${index + 1}`));
  return pageText(
    verdictOf(verification),
    [...sections, widthSection(verification), ...unrepeatedSection(verification)],
    stepsOf(verification),
    style,
  );
}

function verdictOf({ holds, runs, share }: Verification): Parameters<typeof pageText>[0] {
  const figures = runs.flatMap(({ agreements }) => agreements);
  const wrong = figures.filter(({ agrees, isDecisive }) => isDecisive && !agrees).length;
  const shown = `${writeShare(share)} of ${countOf(figures.length, 'figure')} agree`;
  return holds
    ? { outcome: 'holds', sentence: `${shown}, and every outcome, outage and lost pod among them.` }
    : {
        outcome: 'fails',
        sentence: `${shown}; ${countOf(wrong, 'outcome, outage or lost pod', 'outcomes, outages or lost pods')} differ.`,
      };
}

function stepsOf({ holds, runs }: Verification): string[] {
  if (holds) return [];
  const [first] = runs.flatMap(({ agreements }) => agreements).filter(({ agrees, isDecisive }) => isDecisive && !agrees);
  return first ? [`begin with ${first.object}: compare its times in the trace with those of the forecast`] : [];
}

function widthSection({ meanWidth, meanSpread }: Verification): Section {
  const widths = `Forecast ranges are ${formatDuration(seconds(meanWidth))} wide on average`;
  return { title: 'Precision', lead: `${widths}; the recorded runs are ${formatDuration(seconds(meanSpread))} apart.` };
}

function unrepeatedSection({ unrepeated, runs }: Verification): Section[] {
  const rows = unrepeated.map(
    ({ recorded, ...figure }): Row => ({
      tone: 'plain',
      cells: [figure.object.replace(/^Node\//, ''), LABELS[figure.what], ...recorded.map((value) => shown(figure, value))],
    }),
  );
  const names = runs.map((_, index) => `>run ${index + 1}`);
  return tableSection('Not repeated between the recorded runs', { columns: columns('object', 'figure', ...names), rows });
}

/** One table per kind of object: a row each, a column per figure, the recorded value before the range of the forecasts. */
function runSections({ agreements, note }: VerifiedRun, title: string): Section[] {
  const groups = [
    { name: 'roll', of: agreements.filter(({ object }) => object === 'roll') },
    { name: 'nodes', of: agreements.filter(({ object }) => object.startsWith('Node/')) },
    { name: 'workloads', of: agreements.filter(({ object }) => object !== 'roll' && !object.startsWith('Node/')) },
  ];
  return groups.flatMap(({ name, of }, index) => {
    const figures = [...new Set(of.map(({ what }) => what))];
    const lead = index === 0 ? `Recorded, then the range of the forecasts; ✗ where they disagree.${note ? ` ${note}` : ''}` : undefined;
    const table = { columns: columns(name, ...figures.map((what) => `>${LABELS[what]}`)), rows: rowsOf(of) };
    return tableSection(`${title}: ${name}`, table, lead === undefined ? {} : { lead });
  });
}

const LABELS: Readonly<Record<Agreement['what'], string>> = {
  duration: 'duration',
  peak: 'peak pending',
  podSeconds: 'pod-seconds pending',
  neverScheduled: 'never scheduled',
  drained: 'drained after',
  refusals: 'refusals',
  outcome: 'outcome',
  outage: 'outage',
  degraded: 'degraded',
  minReady: 'min ready',
  moves: 'moves',
};

function rowsOf(agreements: readonly Agreement[]): Row[] {
  const objects = [...new Set(agreements.map(({ object }) => object))];
  return objects.map((object) => {
    const own = agreements.filter((agreement) => agreement.object === object);
    const tone = own.every(({ agrees }) => agrees)
      ? 'good'
      : own.some(({ agrees, isDecisive }) => isDecisive && !agrees)
        ? 'bad'
        : 'warning';
    return { tone, cells: [object.replace(/^Node\//, ''), ...own.map(cell)] };
  });
}

function cell(agreement: Agreement): string {
  const mark = agreement.agrees ? '' : '✗ ';
  return `${mark}${shown(agreement, agreement.recorded)} (${range(agreement)})`;
}

function range(agreement: Agreement): string {
  const { low, high, forecasts } = agreement;
  if (low === null || high === null) return forecasts.map((text) => (text === 'null' ? '-' : text)).join(', ');
  return low === high ? shown(agreement, low) : `${shown(agreement, low)} to ${shown(agreement, high)}`;
}

function shown({ unit, what }: Pick<Agreement, 'unit' | 'what'>, value: Agreement['recorded']): string {
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  return unit === 'seconds' && what !== 'podSeconds' ? formatDuration(seconds(value)) : writeFigure(value);
}
