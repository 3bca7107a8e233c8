import type { RunResult } from '../run/RunResult.ts';
import type { Interval } from '../stats/Interval.ts';
import { mean, meanInterval } from '../stats/meanInterval.ts';
import { quantiles } from '../stats/quantile.ts';
import { quantileIntervals } from '../stats/quantileIntervals.ts';
import { toSeconds } from '../units.ts';
import type { CellMetrics, MetricSummary } from './Forecast.ts';

/** The figures by which runs are compared. */
export type Figures = Omit<CellMetrics, 'intervals'>;

/** Takes the figures out of one run; times in seconds, outages added over all workloads. */
export function figuresOf(run: RunResult): Figures {
  const moves = sum(run.workloads.map((workload) => workload.moves));
  const pods = sum(run.workloads.map((workload) => workload.desired));
  return {
    durationSeconds: isUnfinished(run) ? Number.POSITIVE_INFINITY : toSeconds(run.roll.duration),
    unfinished: isUnfinished(run) ? 1 : 0,
    failedAttempts: run.scheduling.failedAttempts,
    peakPending: run.scheduling.peakPending,
    pendingPodSeconds: run.scheduling.pendingPodSeconds,
    outageSeconds: sum(run.workloads.map(({ outage }) => toSeconds(outage))),
    worstOutageSeconds: run.workloads.reduce((worst, { outage }) => Math.max(worst, toSeconds(outage)), 0),
    workloadsDown: run.workloads.reduce((down, { outage }) => (outage > 0 ? down + 1 : down), 0),
    belowFloorSeconds: sum(run.workloads.map(({ belowFloor }) => toSeconds(belowFloor))),
    degradedSeconds: sum(run.workloads.map(({ degraded }) => toSeconds(degraded))),
    refusals: sum(run.roll.nodes.map(({ refusals }) => refusals)),
    blockedSeconds: sum(run.roll.nodes.map(({ blocked }) => toSeconds(blocked))),
    forcedKills: sum(run.roll.nodes.map(({ forcedKills }) => forcedKills)),
    neverScheduled: run.scheduling.neverScheduled.length,
    movesPerPod: pods > 0 ? moves / pods : 0,
    wastedMoves: sum(run.workloads.map(({ wastedMoves }) => wastedMoves)),
    unservedRequests: run.unservedRequests,
  };
}

/** Whether the run ended before the roll did, so that its duration is not known. */
function isUnfinished({ roll: { outcome } }: RunResult): boolean {
  return outcome === 'stuck' || outcome === 'horizon' || outcome === 'windowClosed';
}

/** Mean of every figure over `runs`, with 95 % intervals when there is more than one. */
export function meanFigures(runs: readonly Figures[]): CellMetrics {
  const means = eachFigure(runs, meanFigure);
  return runs.length < 2 ? means : { ...means, intervals: eachFigure(runs, (values) => intervalOf(values, meanFigure(values))) };
}

/** Spread of every figure over `runs`. */
export function summarizeFigures(runs: readonly Figures[]): Record<keyof Figures, MetricSummary> {
  return eachFigure(runs, summaryOf);
}

function eachFigure<T>(runs: readonly Figures[], summarize: (values: readonly number[]) => T): Record<keyof Figures, T> {
  const names = Object.keys(runs[0] ?? {}) as (keyof Figures)[];
  return Object.fromEntries(names.map((name) => [name, summarize(runs.map((run) => run[name]))])) as Record<keyof Figures, T>;
}

/** The mean, rounded to a millionth: settings that are equal must not differ by the order in which equal amounts were summed up. */
export function meanFigure(values: readonly number[]): number {
  return Math.round(mean(values) * 1e6) / 1e6;
}

const QUANTILES = [0.5, 0.9, 0.99];

/** The spread of one figure. */
export function summaryOf(values: readonly number[]): MetricSummary {
  const average = meanFigure(values);
  const [p50 = 0, p90 = 0, p99 = 0] = quantiles(values, QUANTILES);
  const [around50 = ANYWHERE, around90 = ANYWHERE, around99 = ANYWHERE] = quantileIntervals(values, QUANTILES);
  return {
    mean: average,
    ci95: intervalOf(values, average),
    min: Math.min(...values),
    p50,
    p90,
    p99,
    max: Math.max(...values),
    intervals: { p50: around50, p90: around90, p99: around99 },
  };
}

const ANYWHERE: Interval = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

function intervalOf(values: readonly number[], average: number): Interval {
  return values.length > 1 && Number.isFinite(average) ? meanInterval(values) : [average, average];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
