import type { ChartConfiguration } from 'chart.js';
import { StepFunction } from '../stats/StepFunction.ts';
import { type ChartSeries, type Drawing, HEIGHT, WIDTH } from './Drawing.ts';
import { counted, frame, layout } from './frame.ts';
import { palette } from './palette.ts';
import { type ChartPoint, stepPoints } from './stepPoints.ts';
import { countAxis, timeAxis } from './timeAxis.ts';

/** Counts over time: nodes that take no pods, and pods that wait for a node. */
export interface NodesAndPendingInput {
  readonly nodesAway: ChartSeries;
  readonly podsPending: ChartSeries;
  readonly endSeconds: number;
}

/** Nodes out of service (area, left axis) and pending pods (line, right axis) over time. */
export function nodesAndPending(input: NodesAndPendingInput): Drawing {
  const { nodesAway, podsPending, endSeconds } = input;
  const peak = (series: ChartSeries) => new StepFunction(series).maximum(0, endSeconds * 1000).value;
  const subtitle = `At most ${counted(peak(nodesAway), 'node')} away and ${counted(peak(podsPending), 'pod')} pending at the same time`;
  const configuration: ChartConfiguration<'line', ChartPoint[]> = {
    type: 'line',
    data: {
      datasets: [
        { ...line('Pods pending (right axis)', palette.vermilion), data: stepPoints(podsPending, endSeconds), yAxisID: 'pods' },
        { ...line('Nodes away (left axis)', palette.blue), data: stepPoints(nodesAway, endSeconds), yAxisID: 'nodes', fill: 'origin' },
      ],
    },
    options: {
      animation: false,
      layout,
      plugins: frame({ title: 'Nodes away and pods pending', subtitle, legend: 'boxes' }),
      scales: {
        x: timeAxis(endSeconds),
        nodes: { ...countAxis('Nodes out of service', palette.blue), position: 'left' },
        pods: { ...countAxis('Pods pending', palette.vermilion), position: 'right', grid: { drawOnChartArea: false } },
      },
    },
  };
  return { configuration, width: WIDTH, height: HEIGHT };
}

function line(label: string, color: string) {
  return { label, borderColor: color, backgroundColor: `${color}26`, borderWidth: 2, pointRadius: 0, stepped: 'before' as const, clip: 4 };
}
