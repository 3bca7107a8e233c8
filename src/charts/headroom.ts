import { StepFunction } from '../stats/StepFunction.ts';
import type { ChartSeries, Drawing } from './Drawing.ts';
import { shareLines } from './stepLines.ts';
import { stepPoints } from './stepPoints.ts';

/** Free share (0 to 1) of the schedulable nodes, by resource. */
export interface HeadroomInput {
  readonly headroom: Readonly<Record<'cpu' | 'memory' | 'pods', ChartSeries>>;
  readonly endSeconds: number;
}

const LABELS = { cpu: 'CPU', memory: 'Memory', pods: 'Pod slots' } as const;

/** What is left on the nodes that still take pods: allocatable minus requested, as a share of allocatable. */
export function headroom(input: HeadroomInput): Drawing {
  const { endSeconds } = input;
  const resources = (['cpu', 'memory', 'pods'] as const).map((resource) => ({ label: LABELS[resource], series: input.headroom[resource] }));
  const lowest = resources
    .map(({ label, series }) => ({ label, share: new StepFunction(series).minimum(0, endSeconds * 1000).value }))
    .reduce((least, next) => (next.share < least.share ? next : least));
  const lines = resources.map(({ label, series }) => ({
    label,
    points: stepPoints(series, endSeconds, (share) => Math.max(0, Math.min(100, 100 * share))),
  }));
  const subtitle = `Allocatable minus requested; tightest: ${lowest.label} with ${(100 * lowest.share).toFixed(1)} % free`;
  return shareLines(lines, { title: 'Headroom on schedulable nodes', subtitle, axis: 'Free of allocatable' }, endSeconds);
}
