import type { ChartDataset } from 'chart.js';

/** Name of the hidden axis over which closed time is drawn from bottom to top. */
export const CLOSED_AXIS = 'closed';

/** The axis of {@link closedTime}. */
export const closedAxis = { type: 'linear' as const, axis: 'y' as const, display: false, offset: false, min: 0, max: 1 };

/**
 * Spans of time in which no node may start as grey stripes over the whole height, to be laid over a chart; `unit` is that of its axis, in
 * seconds.
 */
export function closedTime(
  spans: readonly (readonly [from: number, to: number])[],
  unit: number,
): ChartDataset<'line', { x: number; y: number }[]> {
  const corners = spans.flatMap(([from, to]) => [
    { x: from / unit, y: 0 },
    { x: from / unit, y: 1 },
    { x: to / unit, y: 1 },
    { x: to / unit, y: 0 },
  ]);
  return {
    type: 'line',
    label: 'Maintenance window closed',
    data: corners,
    indexAxis: 'x',
    yAxisID: CLOSED_AXIS,
    fill: 'origin',
    backgroundColor: 'rgba(82, 96, 109, 0.28)',
    borderWidth: 0,
    pointRadius: 0,
    order: -1,
  };
}
