import { turnOf } from '../charts/nodeStates.ts';
import type { ForecastReport } from '../experiments/Forecast.ts';
import { csv } from './csv.ts';

const header = [
  ...[
    'name',
    'outcome',
    'cordonedAtSeconds',
    'startedAtSeconds',
    'drainedAtSeconds',
    'resetAtSeconds',
    'readyAtSeconds',
    'inServiceAtSeconds',
  ],
  ...['blockedSeconds', 'blockedBy', 'evictions', 'refusals', 'forcedKills'],
];

/** One line per node of the roll, times in seconds from t = 0; several budgets are parted by blanks. */
export function nodesCsv({ forecast }: ForecastReport): Iterable<string> {
  const rows = forecast.roll.nodes.map((node) => [
    ...[node.name, node.outcome, node.cordonedAt, turnOf(node), node.drainedAt, node.resetAt, node.readyAt, node.inServiceAt],
    ...[node.blockedSeconds, node.blockedBy.join(' '), node.evictions, node.refusals, node.forcedKills],
  ]);
  return csv(header, rows);
}
