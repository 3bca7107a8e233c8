import type { Drawing } from '../charts/Drawing.ts';
import { charts } from '../charts/registry.ts';
import type { CellMetrics, Forecast, ForecastReport, Sweep, WindowSearch, WindowStart } from '../experiments/Forecast.ts';
import { START, toSeconds } from '../units.ts';

/** A picture of a report folder. */
export interface ReportChart {
  /** Name of the chart in the charts' registry; its file is `charts/NAME.png`. */
  readonly name: string;
  readonly drawing: Drawing;
}

/**
 * The pictures of one forecast: the roll, the capacity it took away, which workloads were short, what was left; and the spread if there is
 * one.
 */
export function forecastCharts({ forecast, series, runs, allowedSeconds }: ForecastReport): ReportChart[] {
  const endSeconds = endOf(forecast.roll, series);
  const durations = runs.map(({ figures }) => figures.durationSeconds);
  const limit = allowedSeconds === undefined ? {} : { limitSeconds: allowedSeconds };
  return [
    {
      name: 'rollTimeline',
      drawing: charts.rollTimeline({ nodes: forecast.roll.nodes, endSeconds, ...closedIn(forecast.roll, endSeconds) }),
    },
    { name: 'nodesAndPending', drawing: charts.nodesAndPending({ ...series, endSeconds }) },
    ...(series.ready.length > 0 ? [{ name: 'readyShare', drawing: charts.readyShare({ ready: series.ready, endSeconds }) }] : []),
    { name: 'headroom', drawing: charts.headroom({ headroom: series.headroom, endSeconds }) },
    ...(durations.length > 1 ? [{ name: 'durationHistogram', drawing: charts.durationHistogram({ durations, ...limit }) }] : []),
  ];
}

/** When the roll was over, or the run of one that never was, and the last series had settled, in seconds. */
function endOf({ nodes, durationSeconds }: Forecast['roll'], { nodesAway, podsPending, ready }: ForecastReport['series']): number {
  const begin = Math.min(
    ...nodes.map(({ createdAt, cordonedAt, startedAt }) => createdAt ?? cordonedAt ?? startedAt ?? Number.POSITIVE_INFINITY),
  );
  const back = nodes.map(({ inServiceAt, readyAt, resetAt, goneAt }) => goneAt ?? inServiceAt ?? readyAt ?? resetAt ?? 0);
  const all = [nodesAway, podsPending, ...ready.map(({ share }) => share)];
  const ends = [...back, ...all.map(({ times }) => toSeconds(times.at(-1) ?? START))];
  return Math.max(1, ...(Number.isFinite(begin) ? [begin + durationSeconds] : []), ...ends);
}

/** When no node could start up to `endSeconds`; nothing where nodes could start at any time. */
function closedIn({ maintenance }: Forecast['roll'], endSeconds: number): { closed?: readonly (readonly [number, number])[] } {
  if (!maintenance) return {};
  const { windows, onClose } = maintenance;
  const closes = [0, ...windows.map(({ closesSeconds }) => closesSeconds)];
  const opens = [...windows.map(({ opensSeconds }) => opensSeconds), endSeconds];
  const gaps = closes.map((from, index) => [from, opens[index] ?? endSeconds] as const).filter(([from, to]) => to > from);
  return { closed: onClose === 'runOn' && windows.length > 0 ? gaps.filter(([from]) => from === 0) : gaps };
}

/** Duration against cost for the settings of a sweep; cost is outage, or waiting pods when nothing is ever down. */
export function sweepCharts({ cells, recommended }: Sweep): ReportChart[] {
  const cost = cells.some(({ metrics }) => metrics.outageSeconds > 0) ? 'outageSeconds' : 'pendingPodSeconds';
  const points = cells.map(({ factors, verdict, metrics }) => ({
    label: settingLabel(factors),
    group: settingLabel({ ...factors, maxUnavailable: '' }),
    outcome: verdict.outcome,
    duration: estimate(metrics, 'durationSeconds'),
    cost: estimate(metrics, cost),
  }));
  const words = {
    factor: Object.keys(cells[0]?.factors ?? {}).join(', '),
    cost: cost === 'outageSeconds' ? 'Total outage' : 'Pod-time pending',
  };
  const chosen = recommended === null ? {} : { recommended: settingLabel(recommended.factors) };
  return [{ name: 'sweepTradeOff', drawing: charts.sweepTradeOff({ ...words, points, ...chosen }) }];
}

function settingLabel(factors: Sweep['cells'][number]['factors']): string {
  return Object.values(factors).join(' ');
}

function estimate(metrics: CellMetrics, name: 'durationSeconds' | 'outageSeconds' | 'pendingPodSeconds') {
  const interval = metrics.intervals?.[name];
  return { mean: metrics[name], ...(interval === undefined ? {} : { interval }) };
}

/** The hours of the week by what a start in them costs, told by the figure that parts the starts that keep the objectives. */
export function windowCharts({ starts, best }: WindowSearch): ReportChart[] {
  const { measure, unit, cost } = partingMeasure(starts);
  const cells = starts.map((start) => ({ start: start.start, outcome: start.outcome, value: cost(start) }));
  return [{ name: 'windowHeatMap', drawing: charts.windowHeatMap({ starts: cells, best, measure, unit }) }];
}

/** The first by which the starts that keep the objectives differ; where none does, the first of which there is any. */
function partingMeasure(starts: readonly WindowStart[]): (typeof measures)[number] {
  const holding = starts.filter(({ outcome }) => outcome === 'holds');
  return (
    measures.find(({ cost }) => new Set(holding.map(cost)).size > 1) ??
    measures.find(({ cost }) => holding.some((start) => cost(start) > 0)) ??
    measures[2]
  );
}

/** In the order in which starts are ranked. */
const measures = [
  { measure: 'Risk to finish late', unit: 'share', cost: ({ probability = 1 }: WindowStart) => 1 - probability },
  { measure: 'Requests not served', unit: 'requests', cost: ({ unservedRequests }: WindowStart) => unservedRequests },
  { measure: 'Total outage', unit: 'seconds', cost: ({ outageSeconds }: WindowStart) => outageSeconds },
  { measure: 'Requests during the roll', unit: 'requests', cost: ({ requestsDuringRoll }: WindowStart) => requestsDuringRoll },
] as const;
