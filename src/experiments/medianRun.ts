import type { RunFigures } from './RunFigures.ts';

/**
 * The run with the median duration; of equal ones the first. With an even number the shorter of the two in the middle. A roll that is not
 * over is longer than any other.
 */
export function medianRun(runs: readonly RunFigures[]): RunFigures {
  const durationOf = ({ figures }: RunFigures) => figures.durationSeconds;
  const sorted = runs.map((run, index) => ({ run, index })).sort((a, b) => durationOf(a.run) - durationOf(b.run) || a.index - b.index);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('no replication was made');
  return median.run;
}
