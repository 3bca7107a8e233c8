import type { ChartConfiguration } from 'chart.js';
import { type Bin, histogram } from '../stats/histogram.ts';
import type { Interval } from '../stats/Interval.ts';
import { quantiles } from '../stats/quantile.ts';
import { quantileIntervals } from '../stats/quantileIntervals.ts';
import { type Drawing, HEIGHT, WIDTH } from './Drawing.ts';
import { axisTitle, counted, frame, layout } from './frame.ts';
import { ink, palette } from './palette.ts';
import { countAxis, type TimeUnit, timeUnitFor } from './timeAxis.ts';

/** Durations of all replications in seconds; those that never ended are infinite. */
export interface DurationHistogramInput {
  readonly durations: readonly number[];
  /** The longest duration that is allowed, if there is an objective. */
  readonly limitSeconds?: number;
}

/** How long the roll takes over all replications, with its median, 90 % and 99 % points, their 95 % intervals, and the allowed duration. */
export function durationHistogram(input: DurationHistogramInput): Drawing {
  const finite = input.durations.filter(Number.isFinite);
  const unit = timeUnitFor(Math.max(0, ...finite));
  const bins = histogram(finite.map((seconds) => seconds / unit.seconds));
  const limit = limitBeside(bins, input.limitSeconds, unit);
  const marks = [...quantileMarks(input.durations, unit.seconds), ...limit.marks];
  const binWidth = bins[0] ? bins[0].to - bins[0].from : 1;
  const places = bins.length + marks.length > 0 ? [...bins.flatMap(({ from, to }) => [from, to]), ...marks.map(({ at }) => at)] : [0];
  const configuration: ChartConfiguration<'bar', { x: number; y: number }[]> = {
    type: 'bar',
    data: {
      datasets: [
        {
          data: bins.map((bin) => ({ x: (bin.from + bin.to) / 2, y: bin.count })),
          backgroundColor: palette.sky,
          borderColor: palette.blue,
          borderWidth: 1,
          barPercentage: 1,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      animation: false,
      layout,
      plugins: {
        ...frame(words(input, finite, `${explained(marks)}${limit.words}`)),
        annotation: {
          clip: false,
          annotations: marks.map((mark, index) => markLine(mark, index, labelled(mark, unit.name, binWidth))),
        },
      },
      scales: {
        x: {
          type: 'linear',
          offset: false,
          min: Math.max(0, Math.min(...places) - binWidth),
          max: Math.max(...places) + binWidth,
          title: axisTitle(`Duration of the roll (${unit.name})`),
          ticks: { includeBounds: false, color: ink.soft },
          grid: { display: false },
        },
        y: { ...countAxis('Replications'), grace: '35%' },
      },
    },
  };
  return { configuration, width: WIDTH, height: HEIGHT };
}

function words(input: DurationHistogramInput, finite: readonly number[], more: string) {
  const unfinished = input.durations.length - finite.length;
  const without = unfinished > 0 ? `; ${unfinished} did not finish and are not shown` : '';
  return {
    title: 'Duration of the roll over all replications',
    subtitle: `${counted(input.durations.length, 'replication')}${without}${more}`,
    legend: 'hidden' as const,
  };
}

interface Mark {
  readonly label: string;
  readonly at: number;
  /** The 95 % interval of `at` where that is an estimate. */
  readonly interval?: Interval;
  readonly color: string;
}

/** Quantiles as the number of replications supports them: the 99 % point of ten replications would only repeat the largest. */
const QUANTILES = [
  { label: 'median', probability: 0.5, replications: 1 },
  { label: '90 %', probability: 0.9, replications: 10 },
  { label: '99 %', probability: 0.99, replications: 100 },
];

function quantileMarks(durations: readonly number[], unitSeconds: number): Mark[] {
  const supported = QUANTILES.filter(({ replications }) => durations.length >= replications);
  const probabilities = supported.map(({ probability }) => probability);
  const [values, intervals] = [quantiles(durations, probabilities), quantileIntervals(durations, probabilities)];
  const marks = supported.map(({ label }, index) => {
    const [low = Number.NaN, high = Number.NaN] = intervals[index] ?? [];
    return {
      label,
      at: (values[index] ?? 0) / unitSeconds,
      interval: [low / unitSeconds, high / unitSeconds] as const,
      color: palette.black,
    };
  });
  return marks.filter(({ at }, index) => Number.isFinite(at) && at !== marks[index - 1]?.at);
}

/** How many times the width of the bars the allowed duration may lie away from them; farther out the bars could not be told apart. */
const FAR = 9;

/** The allowed duration as a mark, or as words where it lies far from all `bins`. */
function limitBeside(bins: readonly Bin[], limitSeconds: number | undefined, unit: TimeUnit): { marks: readonly Mark[]; words: string } {
  if (limitSeconds === undefined) return { marks: [], words: '' };
  const at = limitSeconds / unit.seconds;
  const [low, high] = [bins[0]?.from ?? at, bins.at(-1)?.to ?? at];
  const isFar = Math.max(low - at, at - high) > FAR * (high - low);
  return isFar
    ? { marks: [], words: `; allowed are ${figure(at, high - low)} ${unit.name}, far off this axis` }
    : { marks: [{ label: 'allowed', at, color: palette.vermilion }], words: '' };
}

/** What stands at a mark: its place and the interval, in figures by which bars of `width` can be told apart. */
function labelled({ label, at, interval }: Mark, unit: string, width: number): string {
  return `${label}: ${figure(at, width)} ${unit}${interval ? around(interval, width) : ''}`;
}

/** Three digits, or as many as bars of `width` can be told apart by. */
function figure(value: number, width: number): string {
  const digits = Math.ceil(Math.log10(Math.max(value, width) / width)) + 1;
  return String(Number(value.toPrecision(Math.min(15, Math.max(3, digits)))));
}

/** Where the interval lies, in the unit of the mark; nothing where it has no end, or no width. */
function around([low, high]: Interval, width: number): string {
  if (low === high || !Number.isFinite(low)) return '';
  return Number.isFinite(high) ? ` (${figure(low, width)}–${figure(high, width)})` : ` (at least ${figure(low, width)})`;
}

function explained(marks: readonly Mark[]): string {
  return marks.some(({ interval }) => interval && around(interval, 1) !== '') ? '; in brackets 95 % intervals' : '';
}

/** Labels stand on steps of their own height and above all lines, so that near marks do not lie on each other. */
function markLine({ at, color }: Mark, index: number, content: string) {
  return {
    type: 'line' as const,
    xMin: at,
    xMax: at,
    borderColor: color,
    borderWidth: 1.5,
    borderDash: [5, 4],
    label: {
      display: true,
      content,
      position: 'end' as const,
      yAdjust: 22 * index,
      z: 1,
      backgroundColor: '#ffffffe6',
      color,
      font: { size: 12, weight: 'normal' as const },
      padding: 3,
    },
  };
}
