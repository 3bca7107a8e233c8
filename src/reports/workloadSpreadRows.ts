import type { WorkloadMeasure, WorkloadRow, WorkloadSummary } from '../experiments/Forecast.ts';
import { countOf, writeFigure, writeMetric } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, tableSection } from './Section.ts';

/** How long workloads fall short over all replications: the run that is shown in full may be luckier than most, or less so. */
export function workloadSpreadSections(workloads: readonly WorkloadRow[], replications: number, rowLimit: number): Section[] {
  const short = workloads.filter(({ metrics }) => metrics !== undefined);
  const { kept, note } = limitRows(short, rowLimit, { trouble: harmOf, rest: 'the other workloads', file: 'results.json' });
  const rows = kept.flatMap((workload) =>
    MEASURES.flatMap(({ measure, words, tone }) => {
      const summary = workload.metrics?.[measure];
      return summary ? [{ tone, cells: [nameOf(workload), words, ...cellsOf(measure, summary)] }] : [];
    }),
  );
  const lead = `In how many of ${countOf(replications, 'run')} a workload fell short, and for how long in a run; runs in which it did not count as zero.`;
  const table = { columns: columns('workload', 'how', '>runs', '>mean', '>95% interval', '>median?', '>p90', '>p99?', '>max'), rows };
  return tableSection('Workloads over all runs', table, note === undefined ? { lead } : { lead, note });
}

const MEASURES: readonly { readonly measure: WorkloadMeasure; readonly words: string; readonly tone: 'bad' | 'warning' }[] = [
  { measure: 'outageSeconds', words: 'down', tone: 'bad' },
  { measure: 'belowFloorSeconds', words: 'below floor', tone: 'bad' },
  { measure: 'degradedSeconds', words: 'degraded', tone: 'warning' },
];

function nameOf({ kind, namespace, name }: WorkloadRow): string {
  return `${kind} ${namespace}/${name}`;
}

function cellsOf(measure: WorkloadMeasure, { runs, mean, ci95, p50, p90, p99, max }: WorkloadSummary): string[] {
  const write = (value: number) => writeMetric(measure, value);
  return [writeFigure(runs), write(mean), ci95.map(write).join(' to '), ...[p50, p90, p99, max].map(write)];
}

/** As for one run: an outage weighs more than being below the floor, and that more than being short of replicas. */
function harmOf({ metrics }: WorkloadRow): number {
  const mean = (measure: WorkloadMeasure) => metrics?.[measure]?.mean ?? 0;
  return mean('outageSeconds') * 1e6 + mean('belowFloorSeconds') * 1e3 + mean('degradedSeconds');
}
