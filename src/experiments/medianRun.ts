import type { RunFigures } from './RunFigures.ts';

/** The run with the median duration; of equal ones the first. With an even number the shorter of the two in the middle. */
export function medianRun(runs: readonly RunFigures[]): RunFigures {
  const sorted = runs.map((run, index) => ({ run, index })).sort((a, b) => a.run.duration - b.run.duration || a.index - b.index);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('no replication was made');
  return median.run;
}
