import { type Drawing, HEIGHT, WIDTH } from './Drawing.ts';
import { axisTitle, counted, frame, layout } from './frame.ts';
import { ink, outcomeColours, palette } from './palette.ts';
import { timeUnitFor } from './timeAxis.ts';

/** A figure in seconds, with its interval when there were several replications; one that is infinite is not drawn. */
export interface Estimate {
  readonly mean: number;
  readonly interval?: readonly [number, number];
}

/** One setting of a sweep: what it takes and what it costs. */
export interface SweepPoint {
  /** The setting as it stands under the axis: `3`, or `barrier 3`. */
  readonly label: string;
  /** What the setting shares with those that the line of durations connects it with, such as `barrier`. */
  readonly group?: string;
  readonly outcome: 'holds' | 'fails' | 'unknown';
  readonly duration: Estimate;
  readonly cost: Estimate;
}

export interface SweepTradeOffInput {
  /** What the settings are settings of, such as `maxUnavailable`. */
  readonly factor: string;
  /** What `cost` measures, such as `Total outage`. */
  readonly cost: string;
  readonly points: readonly SweepPoint[];
  /** Label of the recommended setting. */
  readonly recommended?: string;
}

/** Duration (line) against cost (bars, coloured by verdict) for every setting of a sweep, with 95 % intervals. */
export function sweepTradeOff(input: SweepTradeOffInput): Drawing {
  const { points } = input;
  const durationUnit = unitOf(points.map((point) => point.duration));
  const costUnit = unitOf(points.map((point) => point.cost));
  const configuration = {
    type: 'barWithErrorBars' as const,
    data: {
      labels: points.map((point) => point.label),
      datasets: [
        {
          type: 'lineWithErrorBars' as const,
          label: 'Duration (left axis)',
          data: points.map((point) => errorBar(point.duration, durationUnit.seconds)),
          yAxisID: 'duration',
          borderColor: palette.black,
          backgroundColor: palette.black,
          borderWidth: 2,
          pointRadius: 4,
          segment: { borderColor: betweenGroups(points) },
          errorBarColor: palette.black,
          errorBarWhiskerColor: palette.black,
        },
        ...costBars(input, costUnit.seconds),
      ],
    },
    options: {
      animation: false as const,
      layout,
      plugins: { ...frame(words(input)), annotation: { annotations: recommendedBand(input) } },
      scales: {
        x: { title: axisTitle(input.factor), ticks: { color: ink.text, maxRotation: 90, autoSkip: true }, grid: { display: false } },
        duration: amountAxis(`Duration of the roll (${durationUnit.name})`, 'left'),
        cost: amountAxis(`${input.cost} (${costUnit.name})`, 'right'),
      },
    },
  };
  return { configuration, width: WIDTH, height: HEIGHT + 40 + labelHeight(points) };
}

const LETTER_WIDTH = 7;

/** What labels need that do not fit beside one another and stand upright. */
function labelHeight(points: readonly SweepPoint[]): number {
  const longest = Math.max(0, ...points.map(({ label }) => label.length)) * LETTER_WIDTH;
  return points.length * longest < WIDTH ? 0 : longest;
}

/** Nothing is drawn between two groups: a line there would suggest a change that does not exist. */
function betweenGroups(points: readonly SweepPoint[]) {
  return ({ p0DataIndex, p1DataIndex }: { readonly p0DataIndex: number; readonly p1DataIndex: number }) =>
    points[p0DataIndex]?.group === points[p1DataIndex]?.group ? undefined : 'transparent';
}

const OUTCOME_WORDS = { holds: 'objectives hold', fails: 'an objective fails', unknown: 'verdict unknown' } as const;

/** The controller places bars by their index, so a dataset needs an entry without height where it has no bar. */
const NO_BAR = { y: null };

/** One dataset per verdict, so that the legend says what the colours mean. */
function costBars({ points, cost }: SweepTradeOffInput, unitSeconds: number) {
  return (['holds', 'fails', 'unknown'] as const)
    .filter((outcome) => points.some((point) => point.outcome === outcome))
    .map((outcome) => ({
      label: `${cost}: ${OUTCOME_WORDS[outcome]}`,
      data: points.map((point) => (point.outcome === outcome ? errorBar(point.cost, unitSeconds) : NO_BAR)),
      yAxisID: 'cost',
      backgroundColor: `${outcomeColours[outcome]}b3`,
      borderColor: outcomeColours[outcome],
      borderWidth: 1,
      minBarLength: 3,
      grouped: false,
      maxBarThickness: 60,
      errorBarColor: ink.soft,
      errorBarWhiskerColor: ink.soft,
    }));
}

function errorBar({ mean, interval }: Estimate, unitSeconds: number) {
  if (!Number.isFinite(mean)) return NO_BAR;
  const bounds = interval?.every(Number.isFinite) ? { yMin: Math.max(0, interval[0]) / unitSeconds, yMax: interval[1] / unitSeconds } : {};
  return { y: mean / unitSeconds, ...bounds };
}

function unitOf(estimates: readonly Estimate[]) {
  return timeUnitFor(Math.max(0, ...estimates.map(({ mean }) => mean).filter(Number.isFinite)));
}

function amountAxis(title: string, position: 'left' | 'right') {
  return {
    type: 'linear' as const,
    position,
    min: 0,
    suggestedMax: 1,
    grace: '12%',
    title: axisTitle(title),
    ticks: { color: ink.soft, maxTicksLimit: 8 },
    grid: { color: ink.grid, drawOnChartArea: position === 'left' },
  };
}

function words({ factor, cost, points, recommended }: SweepTradeOffInput) {
  const holding = points.filter((point) => point.outcome === 'holds').length;
  const advice = recommended === undefined ? 'none is recommended' : `recommended: ${recommended} (green band)`;
  const endless = points.filter(({ duration }) => !Number.isFinite(duration.mean)).map(({ label }) => label);
  const missing = endless.length > 0 ? `; no duration where rolls do not finish: ${named(endless)}` : '';
  return {
    title: `Duration and ${cost.toLowerCase()} by ${factor}`,
    subtitle: `${holding} of ${counted(points.length, 'setting')} keep all objectives; ${advice}${missing}`,
    legend: 'boxes' as const,
  };
}

/** A longer line would be squeezed until nobody could read it. */
const MOST_LETTERS = 48;

function named(labels: readonly string[]): string {
  const list = labels.join(', ');
  return list.length > MOST_LETTERS ? counted(labels.length, 'setting') : list;
}

function recommendedBand({ points, recommended }: SweepTradeOffInput) {
  const index = points.findIndex((point) => point.label === recommended);
  if (index < 0) return [];
  return [
    {
      type: 'box' as const,
      xScaleID: 'x',
      xMin: index - 0.5,
      xMax: index + 0.5,
      backgroundColor: `${palette.green}1f`,
      borderColor: palette.green,
      borderWidth: 1,
      drawTime: 'beforeDatasetsDraw' as const,
    },
  ];
}
