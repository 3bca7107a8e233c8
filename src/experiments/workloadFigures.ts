import type { RunResult, WorkloadOutcome } from '../run/RunResult.ts';
import { toSeconds } from '../units.ts';
import type { WorkloadMeasure, WorkloadMetrics, WorkloadRow } from './Forecast.ts';
import { summaryOf } from './figures.ts';
import { type RunFigures, runFiguresOf } from './RunFigures.ts';

/** How long a workload fell short in one run. */
export type WorkloadFigures = Readonly<Record<WorkloadMeasure, number>> & {
  /** `Kind/namespace/name` */
  readonly workload: string;
};

/** The figures of one run, and those of the workloads that fell short in it. */
export interface FiguresByWorkload extends RunFigures {
  readonly workloads: readonly WorkloadFigures[];
}

/** Reduces `run` to what is compared in all and by workload. */
export function figuresByWorkload(run: RunResult): FiguresByWorkload {
  const short = run.workloads.filter(({ outage, degraded, belowFloor }) => outage > 0 || degraded > 0 || belowFloor > 0);
  return { ...runFiguresOf(run), workloads: short.map(figuresOf) };
}

function figuresOf(workload: WorkloadOutcome): WorkloadFigures {
  return {
    workload: keyOf(workload),
    outageSeconds: toSeconds(workload.outage),
    degradedSeconds: toSeconds(workload.degraded),
    belowFloorSeconds: toSeconds(workload.belowFloor),
  };
}

/**
 * `rows` with the spread over `runs` of how long each of them falls short. A measure that is zero in every run is left out, so that little is
 * said of a large cluster that fares well.
 */
export function withMetrics(rows: readonly WorkloadRow[], runs: readonly FiguresByWorkload[]): WorkloadRow[] {
  const found = new Map<string, WorkloadFigures[]>();
  for (const figures of runs.flatMap(({ workloads }) => workloads)) {
    const known = found.get(figures.workload);
    if (known) known.push(figures);
    else found.set(figures.workload, [figures]);
  }
  return rows.map((row) => {
    const figures = found.get(keyOf(row));
    return figures ? { ...row, metrics: metricsOf(figures, runs.length) } : row;
  });
}

const MEASURES: readonly WorkloadMeasure[] = ['outageSeconds', 'degradedSeconds', 'belowFloorSeconds'];

/** `short` are those of `count` runs in which the workload fell short in any way; in the others all of its figures are zero. */
function metricsOf(short: readonly WorkloadFigures[], count: number): WorkloadMetrics {
  const summaries = MEASURES.flatMap((measure) => {
    const affected = short.filter((figures) => figures[measure] > 0).length;
    if (affected === 0) return [];
    const values = Array.from({ length: count }, (_, index) => short[index]?.[measure] ?? 0);
    const { intervals, ...summary } = summaryOf(values);
    return [[measure, { runs: affected, ...summary }] as const];
  });
  return Object.fromEntries(summaries);
}

function keyOf({ kind, namespace, name }: Pick<WorkloadRow, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}
