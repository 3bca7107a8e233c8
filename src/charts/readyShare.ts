import { StepFunction } from '../stats/StepFunction.ts';
import type { ChartSeries, Drawing } from './Drawing.ts';
import { counted } from './frame.ts';
import { shareLines } from './stepLines.ts';
import { stepPoints } from './stepPoints.ts';

/** Ready pods of one workload over time, as a share (0 to 1) of those that it wants at the time. */
export interface ReadySeries {
  readonly workload: string;
  readonly share: ChartSeries;
}

const MOST_LINES = 8;

/** Ready pods as a share of the desired ones, for the eight workloads that lost most: lowest share first, then longest shortage. */
export function readyShare(input: { readonly ready: readonly ReadySeries[]; readonly endSeconds: number }): Drawing {
  const { endSeconds } = input;
  const ranked = input.ready
    .map((workload) => ({ ...workload, ...lossOf(workload, endSeconds) }))
    .sort((a, b) => a.lowest - b.lowest || b.lost - a.lost || (a.workload < b.workload ? -1 : 1));
  const shown = ranked.slice(0, MOST_LINES);
  const lines = shown.map(({ workload, share }) => ({
    label: shorten(workload),
    points: stepPoints(share, endSeconds, (part) => 100 * part),
  }));
  return shareLines(
    lines,
    { title: 'Ready pods by workload', subtitle: subtitleFor(ranked.length), axis: 'Ready of desired pods' },
    endSeconds,
  );
}

function subtitleFor(short: number): string {
  if (short === 0) return 'No workload was ever short of ready pods';
  if (short > MOST_LINES)
    return `The ${MOST_LINES} hardest hit of ${counted(short, 'workload')} that were short of ready pods; 0 % is an outage`;
  return `${counted(short, 'workload')} ${short === 1 ? 'was' : 'were'} short of ready pods for a time; 0 % is an outage`;
}

function lossOf({ share }: ReadySeries, endSeconds: number): { lowest: number; lost: number } {
  const ready = new StepFunction(share);
  const end = endSeconds * 1000;
  return { lowest: ready.minimum(0, end).value, lost: 1 - ready.mean(0, end) };
}

function shorten(workload: string): string {
  return workload.length > 40 ? `${workload.slice(0, 19)}…${workload.slice(-20)}` : workload;
}
