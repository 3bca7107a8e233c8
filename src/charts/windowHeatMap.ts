import type { ScriptableContext } from 'chart.js';
import { type Drawing, WIDTH } from './Drawing.ts';
import { axisTitle, counted, frame, layout } from './frame.ts';
import { ink, outcomeColours, sequence } from './palette.ts';
import { timeUnitFor } from './timeAxis.ts';
import { weekdays, weekHourOf } from './weekHour.ts';

/** One start of a window search. */
export interface HeatMapStart {
  /** RFC 9557 text; its wall clock says where on the map it lies. */
  readonly start: string;
  readonly outcome: 'holds' | 'fails' | 'unknown';
  /** What the colour stands for, in seconds or as a plain number; see `unit`. */
  readonly value: number;
}

export interface WindowHeatMapInput {
  readonly starts: readonly HeatMapStart[];
  /** The best starts, best first, as they stand in `starts`. */
  readonly best: readonly string[];
  /** What `value` measures, such as `Total outage`. */
  readonly measure: string;
  readonly unit: 'seconds' | 'requests' | 'share';
}

interface Cell {
  readonly day: number;
  readonly hour: number;
  readonly outcome: HeatMapStart['outcome'];
  readonly value: number;
}

/** The hours of the week, coloured by what a roll that starts then costs. If several starts fall into one hour, the worst one counts. */
export function windowHeatMap(input: WindowHeatMapInput): Drawing {
  const cells = worstByHour(input.starts);
  const stars = starredOf(input, cells);
  const configuration = {
    type: 'matrix' as const,
    data: { datasets: [bestMarks(stars), ...valueBins(cells, input), ...otherOutcomes(cells)].filter(({ data }) => data.length > 0) },
    options: {
      animation: false as const,
      layout,
      plugins: withoutStars(frame(words(input, cells, stars))),
      scales: { x: hourAxis, y: dayAxis },
    },
  };
  return { configuration, width: WIDTH, height: 440 };
}

/** A box in the legend cannot show a star: the subtitle explains it. */
function withoutStars(plugins: ReturnType<typeof frame>) {
  const labels = { ...plugins.legend.labels, filter: ({ text }: { text: string }) => text !== BEST };
  return { ...plugins, legend: { ...plugins.legend, labels } };
}

const hourLabels = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'));
const hourAxis = {
  type: 'category' as const,
  labels: hourLabels,
  offset: true,
  title: axisTitle('Hour of the start, wall clock'),
  ticks: { color: ink.text, autoSkip: false, maxRotation: 0 },
  grid: { display: false },
};
const dayAxis = {
  type: 'category' as const,
  labels: [...weekdays],
  offset: true,
  reverse: false,
  ticks: { color: ink.text },
  grid: { display: false },
};

const RANK = { holds: 0, unknown: 1, fails: 2 } as const;

function worstByHour(starts: readonly HeatMapStart[]): Cell[] {
  const cells = new Map<number, Cell>();
  for (const { start, outcome, value } of starts) {
    const place = weekHourOf(start);
    if (!place) continue;
    const key = place.day * 24 + place.hour;
    const known = cells.get(key);
    const worse = !known || RANK[outcome] > RANK[known.outcome] || (outcome === known.outcome && value > known.value);
    if (worse) cells.set(key, { ...place, outcome, value });
  }
  return [...cells.entries()].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}

/** Datasets of the starts that keep the objectives, one per step of the colour scale, so that the legend is the scale. */
function valueBins(cells: readonly Cell[], { measure, unit }: WindowHeatMapInput) {
  const holding = cells.filter((cell) => cell.outcome === 'holds');
  const values = holding.map((cell) => cell.value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const steps = high > low ? sequence.length : 1;
  const width = (high - low) / steps || 1;
  return sequence.slice(0, steps).map((color, index) => {
    const bounds = steps > 1 ? [low + index * width, low + (index + 1) * width] : [low];
    const inBin = holding.filter((cell) => Math.min(steps - 1, Math.floor((cell.value - low) / width)) === index);
    return tiles(`${index === 0 ? `${measure} ` : ''}${amounts(bounds, high, unit)}`, color, inBin);
  });
}

/** Bounds in the unit of the largest value, so that all steps of the scale share one. */
function amounts(bounds: readonly number[], largest: number, unit: WindowHeatMapInput['unit']): string {
  if (unit === 'share') return `${bounds.map((bound) => Math.round(bound * 100)).join('–')} %`;
  if (unit === 'requests') return bounds.map((bound) => Math.round(bound).toLocaleString('en-US')).join('–');
  const time = timeUnitFor(largest);
  return `${bounds.map((bound) => Number((bound / time.seconds).toFixed(1))).join('–')} ${time.name}`;
}

function otherOutcomes(cells: readonly Cell[]) {
  const of = (outcome: Cell['outcome']) => cells.filter((cell) => cell.outcome === outcome);
  return [tiles('An objective fails', outcomeColours.fails, of('fails')), tiles('Unknown', outcomeColours.unknown, of('unknown'))];
}

function tiles(label: string, backgroundColor: string, cells: readonly Cell[]) {
  return {
    type: 'matrix' as const,
    label,
    backgroundColor,
    borderWidth: 0,
    data: cells.map(({ day, hour }) => ({ x: hourLabels[hour] ?? '', y: weekdays[day] ?? '' })),
    width: ({ chart }: ScriptableContext<'matrix'>) => (chart.chartArea?.width ?? 0) / 24 - 2,
    height: ({ chart }: ScriptableContext<'matrix'>) => (chart.chartArea?.height ?? 0) / 7 - 2,
  };
}

const BEST = 'Best starts';

/** The best starts get stars unless they fail: the least bad of what fails is no recommendation. */
function recommendedOf({ starts, best }: WindowHeatMapInput): string[] {
  const failing = new Set(starts.filter(({ outcome }) => outcome === 'fails').map(({ start }) => start));
  return best.filter((start) => !failing.has(start));
}

/** A start that shares its hour with one of a worse outcome gets no star: its tile tells of the other one. */
function starredOf(input: WindowHeatMapInput, cells: readonly Cell[]): string[] {
  const outcomes = new Map(input.starts.map(({ start, outcome }) => [start, outcome]));
  const shown = new Map(cells.map(({ day, hour, outcome }) => [day * 24 + hour, outcome]));
  return recommendedOf(input).filter((start) => {
    const place = weekHourOf(start);
    return place && shown.get(place.day * 24 + place.hour) === outcomes.get(start);
  });
}

/** The best starts as stars on their tiles. */
function bestMarks(best: readonly string[]) {
  const places = best.flatMap((start) => weekHourOf(start) ?? []);
  return {
    type: 'scatter' as const,
    label: BEST,
    pointStyle: 'star' as const,
    radius: 9,
    borderWidth: 2.5,
    borderColor: ink.text,
    backgroundColor: ink.text,
    data: places.map(({ day, hour }) => ({ x: hourLabels[hour] ?? '', y: weekdays[day] ?? '' })),
  };
}

function words(input: WindowHeatMapInput, cells: readonly Cell[], starred: readonly string[]) {
  const holding = input.starts.filter((start) => start.outcome === 'holds').length;
  const stars = starred.length > 0 ? '; the stars mark the best' : '';
  const hidden = starred.length < recommendedOf(input).length ? ', without the star of a better one' : '';
  const folded = input.starts.length > cells.length ? '; where several share an hour the worst is shown' : '';
  return {
    title: 'When to start the roll',
    subtitle: `${holding} of ${counted(input.starts.length, 'start')} keep all objectives${stars}${folded}${hidden}`,
    legend: 'boxes' as const,
  };
}
