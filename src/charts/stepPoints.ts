import type { ChartSeries } from './Drawing.ts';
import { timeUnitFor } from './timeAxis.ts';

/** A point of a line, in the units of its axes. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** Beyond this many points the line is thinned: more than one per pixel cannot be seen. */
const MOST_POINTS = 3000;

/**
 * The corners of a step line from t = 0 to `endSeconds`, with `x` in the unit of the time axis and `y` as `scale` makes it.
 *
 * Of several changes in one instant only the last is kept. A line too dense to see keeps the first, lowest, highest and last value of each
 * slice.
 */
export function stepPoints(series: ChartSeries, endSeconds: number, scale: (value: number) => number = (value) => value): ChartPoint[] {
  const unit = timeUnitFor(endSeconds).seconds;
  const points: ChartPoint[] = [];
  for (const [index, time] of series.times.entries()) {
    const x = time / 1000 / unit;
    if (x * unit > endSeconds) break;
    if (points.at(-1)?.x === x) points.pop();
    points.push({ x, y: scale(series.values[index] ?? 0) });
  }
  const last = points.at(-1);
  const thinned = points.length > MOST_POINTS ? thin(points, MOST_POINTS / 4) : points;
  return last && last.x < endSeconds / unit ? [...thinned, { x: endSeconds / unit, y: last.y }] : thinned;
}

function thin(points: readonly ChartPoint[], slices: number): ChartPoint[] {
  const size = Math.ceil(points.length / slices);
  const kept: ChartPoint[] = [];
  for (let from = 0; from < points.length; from += size) kept.push(...extremes(points.slice(from, from + size)));
  return kept;
}

function extremes(slice: readonly ChartPoint[]): ChartPoint[] {
  const byHeight = [...slice].sort((a, b) => a.y - b.y);
  const wanted = new Set([slice[0], byHeight[0], byHeight.at(-1), slice.at(-1)]);
  return slice.filter((point) => wanted.has(point));
}
