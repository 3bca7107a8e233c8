import { CONFIDENCE, type Interval } from '../stats/Interval.ts';
import { mean, meanInterval } from '../stats/meanInterval.ts';
import type { MetricDifference, MetricName } from './Comparison.ts';
import type { ReplicationRow } from './Forecast.ts';
import { meanFigure } from './figures.ts';

/** The figures in the order in which people weigh them. */
export const METRICS: readonly MetricName[] = [
  ...(['durationSeconds', 'unfinished', 'neverScheduled', 'outageSeconds', 'worstOutageSeconds', 'workloadsDown'] as const),
  ...(['unservedRequests', 'forcedKills', 'belowFloorSeconds', 'degradedSeconds', 'peakPending', 'pendingPodSeconds'] as const),
  ...(['blockedSeconds', 'refusals', 'failedAttempts', 'movesPerPod', 'wastedMoves'] as const),
];

/** Two runs under one seed, A's first. */
export type RunPair = readonly [a: ReplicationRow, b: ReplicationRow];

/** The runs of `a` and `b` that have the same seed, in the order of `a`. */
export function pairsOf(a: readonly ReplicationRow[], b: readonly ReplicationRow[]): RunPair[] {
  const bySeed = new Map(b.map((run) => [run.seed, run]));
  return a.flatMap((run) => {
    const other = bySeed.get(run.seed);
    return other ? [[run, other] as const] : [];
  });
}

/** How every figure differs from pair to pair: the luck that both have in common cancels out. */
export function compareMetrics(pairs: readonly RunPair[]): MetricDifference[] {
  return METRICS.map((name) => compareMetric(name, pairs));
}

function compareMetric(name: MetricName, pairs: readonly RunPair[]): MetricDifference {
  const values = pairs.map(([a, b]) => [a.figures[name], b.figures[name]] as const);
  const [a, b] = [meanFigure(values.map(([value]) => value)), meanFigure(values.map(([, value]) => value))];
  const differences = values.filter((pair) => pair.every(Number.isFinite)).map(([before, after]) => roundedOff(after - before));
  if (values.every(([before, after]) => roundedOff(after - before) === 0 || before === after)) {
    return { name, a, b, difference: Number.isFinite(a) ? 0 : null, ci95: null, relation: 'same' };
  }
  if (differences.length === 0) return { name, a, b, difference: null, ci95: null, relation: a < b ? 'more' : 'less' };
  const ci95 = differences.length < 2 ? null : meanInterval(differences, CONFIDENCE);
  const difference = meanFigure(differences);
  return { name, a, b, difference, ci95, relation: relationOf(mean(differences), ci95) };
}

/** Sums of milliseconds as seconds are not exact. */
function roundedOff(difference: number): number {
  return Math.round(difference * 1e6) / 1e6;
}

/** What a mean `difference` with this interval says; without an interval its sign alone. */
export function relationOf(difference: number, ci95: Interval | null): MetricDifference['relation'] {
  const [low, high] = ci95 ?? [difference, difference];
  if (low > 0) return 'more';
  return high < 0 ? 'less' : 'unclear';
}

/** The pair with the median difference in duration: the first of equal ones. Rolls that are endless in both do not differ. */
export function medianPair(pairs: readonly RunPair[]): RunPair {
  const gap = ([a, b]: RunPair) => {
    const difference = b.figures.durationSeconds - a.figures.durationSeconds;
    return Number.isNaN(difference) ? 0 : difference;
  };
  const sorted = pairs
    .map((pair, index) => ({ pair, index, gap: gap(pair) }))
    .sort((a, b) => compareNumbers(a.gap, b.gap) || a.index - b.index);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('no runs were paired');
  return median.pair;
}

/** Order of numbers, infinite ones included. */
function compareNumbers(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
