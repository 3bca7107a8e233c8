import type { ForecastReport } from '../experiments/Forecast.ts';
import { type Instant, toSeconds } from '../units.ts';
import { csv } from './csv.ts';

const header = [
  'pod',
  'workload',
  'node',
  'createdAtSeconds',
  'boundAtSeconds',
  'readyAtSeconds',
  'goneAtSeconds',
  'cause',
  'failedAttempts',
];

/** One line per pod that ever lived, in the order of their creation; what never happened is empty. */
export function podsCsv({ pods }: ForecastReport): Iterable<string> {
  const rows = pods.map(({ pod, workload, node, createdAt, boundAt, readyAt, goneAt, cause, failedAttempts }) => [
    ...[pod, workload, node, ...[createdAt, boundAt, readyAt, goneAt].map(secondsOf), cause, failedAttempts],
  ]);
  return csv(header, rows);
}

function secondsOf(at: Instant | undefined): number | undefined {
  return at === undefined ? undefined : toSeconds(at);
}
