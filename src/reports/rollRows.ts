import type { Forecast, NodeRow } from '../experiments/Forecast.ts';
import { countOf, writeCount, writeMoment, writeSeconds } from './figures.ts';
import { limitRows } from './limitRows.ts';
import { columns, type Section, type Tone, tableSection } from './Section.ts';

/** One row per node, in the order of the roll; if there are more than `rowLimit`, only those with the most trouble. */
export function nodeSections({ nodes, surge }: Forecast['roll'], rowLimit: number): Section[] {
  const replacing = surge === undefined ? [] : REPLACING;
  const { kept, note } = limitRows(nodes, rowLimit, { trouble: troubleOf, rest: 'the other nodes', file: 'nodes.csv' });
  const rows = kept.map((node) => ({
    tone: toneOf(node),
    cells: [
      node.name,
      node.outcome,
      ...replacing.map(({ at }) => writeMoment(node[at] ?? null)),
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
    ...replacing.map(({ column }) => column),
    '>cordoned?',
    '>drained',
    surge === undefined ? '>back' : '>in service',
    '>blocked',
    'blocked by',
    '>evicted?',
    '>refused?',
    '>killed',
  );
  return tableSection('Nodes', { columns: names, rows }, note === undefined ? {} : { note });
}

/** What there is to say of nodes that come and go. */
const REPLACING = [
  { column: '>made', at: 'createdAt' },
  { column: '>gone', at: 'goneAt' },
] as const;

/** `4 batches of at most 3 nodes`; of a roll that replaces nodes, how many there were at most. */
export function batchLead({ batches, nodes, peakNodes }: Forecast['roll']): string {
  if (peakNodes !== undefined) {
    const made = nodes.filter(({ createdAt }) => createdAt !== undefined).length;
    return `${countOf(made, 'new node')}, at most ${countOf(peakNodes, 'node')} at once, old and new`;
  }
  const widest = Math.max(0, ...batches.map(({ nodes }) => nodes.length));
  return `${countOf(batches.length, 'batch', 'batches')} of at most ${countOf(widest, 'node')}`;
}

/** A node that did not come back weighs more than any wait. */
function troubleOf({ outcome, forcedKills, blockedSeconds }: NodeRow): number {
  return (outcome === 'inService' || outcome === 'replaced' ? 0 : 1e9) + forcedKills * 1e6 + blockedSeconds;
}

function toneOf({ outcome, forcedKills, blockedSeconds }: NodeRow): Tone {
  if (outcome !== 'inService' && outcome !== 'replaced' && outcome !== 'skipped') return 'bad';
  return forcedKills > 0 || blockedSeconds > 0 || outcome === 'skipped' ? 'warning' : 'good';
}
