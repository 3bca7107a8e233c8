import type { Forecast, NodeRow } from '../experiments/Forecast.ts';
import { countOf, writeCount, writeMoment, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';

/** One row per node, in the order of the roll; if there are more than `rowLimit`, only those with the most trouble. */
export function nodeSections({ nodes }: Forecast['roll'], rowLimit: number): Section[] {
  const { kept, note } = limitRows(nodes, rowLimit, { trouble: troubleOf, rest: 'the other nodes', file: 'nodes.csv' });
  const rows = kept.map((node) => ({
    tone: toneOf(node),
    cells: [
      node.name,
      node.outcome,
      writeMoment(node.cordonedAt),
      writeMoment(node.drainedAt),
      writeMoment(node.inServiceAt),
      writeSeconds(node.blockedSeconds),
      node.blockedBy.join(', ') || '-',
      writeCount(node.evictions),
      writeCount(node.refusals),
      writeCount(node.forcedKills),
    ],
  }));
  const names = columns(
    'node',
    'outcome',
    '>cordoned?',
    '>drained',
    '>back',
    '>blocked',
    'blocked by',
    '>evicted?',
    '>refused?',
    '>killed',
  );
  return tableSection('Nodes', { columns: names, rows }, note === undefined ? {} : { note });
}

/** `4 batches of at most 3 nodes`. */
export function batchLead({ batches }: Forecast['roll']): string {
  const widest = Math.max(0, ...batches.map(({ nodes }) => nodes.length));
  return `${countOf(batches.length, 'batch', 'batches')} of at most ${countOf(widest, 'node')}`;
}

/** A node that did not come back weighs more than any wait. */
function troubleOf({ outcome, forcedKills, blockedSeconds }: NodeRow): number {
  return (outcome === 'inService' ? 0 : 1e9) + forcedKills * 1e6 + blockedSeconds;
}

function toneOf({ outcome, forcedKills, blockedSeconds }: NodeRow): Tone {
  if (outcome !== 'inService' && outcome !== 'skipped') return 'bad';
  return forcedKills > 0 || blockedSeconds > 0 || outcome === 'skipped' ? 'warning' : 'good';
}
