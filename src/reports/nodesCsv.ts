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

/** When new machines were asked for and old ones gone. */
const replacing = ['createdAtSeconds', 'goneAtSeconds'];

/**
 * One line per node of the roll, times in seconds from t = 0; several budgets are parted by blanks. A roll that replaces nodes has two columns
 * more.
 */
export function nodesCsv({ forecast: { roll } }: ForecastReport): Iterable<string> {
  const isReplacing = roll.surge !== undefined;
  const rows = roll.nodes.map((node) => [
    ...[node.name, node.outcome, node.cordonedAt, turnOf(node), node.drainedAt, node.resetAt, node.readyAt, node.inServiceAt],
    ...[node.blockedSeconds, node.blockedBy.join(' '), node.evictions, node.refusals, node.forcedKills],
    ...(isReplacing ? [node.createdAt, node.goneAt] : []),
  ]);
  return csv(isReplacing ? [...header, ...replacing] : header, rows);
}
