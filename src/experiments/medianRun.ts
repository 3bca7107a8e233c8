import type { RunFigures } from './RunFigures.ts';

/**
 * The run with the median duration: the first of equal ones, and the shorter of the middle two for an even number. A roll that is not over
 * counts as longer than any other.
 */
export function medianRun(runs: readonly RunFigures[]): RunFigures {
  const durationOf = ({ figures }: RunFigures) => figures.durationSeconds;
  const sorted = runs.map((run, index) => ({ run, index })).sort((a, b) => durationOf(a.run) - durationOf(b.run) || a.index - b.index);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('no replication was made');
  return median.run;
}
