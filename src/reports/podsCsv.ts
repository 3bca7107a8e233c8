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

/**
 * One line per pod that moved, waited or came, in the order of their creation. What did not happen in this run is empty: a pod that was
 * Ready at the start has no `readyAtSeconds`.
 */
export function podsCsv({ pods }: ForecastReport): Iterable<string> {
  const rows = pods.map(({ pod, workload, node, createdAt, boundAt, readyAt, goneAt, cause, failedAttempts }) => [
    ...[pod, workload, node, ...[createdAt, boundAt, readyAt, goneAt].map(secondsOf), cause, failedAttempts],
  ]);
  return csv(header, rows);
}

function secondsOf(at: Instant | undefined): number | undefined {
  return at === undefined ? undefined : toSeconds(at);
}
