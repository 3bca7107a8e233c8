import type { Node } from '../cluster/Node.ts';
import { firstNames } from '../rolls/firstNames.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { type Bytes, formatBytes, formatMilliCpu, type MilliCpu } from '../units.ts';
import { inFigures } from './counted.ts';
import type { Remains } from './Remains.ts';

/** Nodes that a roll which is over leaves behind cordoned or not Ready, with what the cluster has less until somebody sees to them. */
export function leftCordonedFindings({ ending, facts, world: { cluster } }: Remains): Finding[] {
  if (ending !== 'finished') return [];
  const left = facts.resets.flatMap(({ node: name }) => {
    const node = cluster.nodes.get(name);
    return node && (node.unschedulable || node.ready !== 'True') ? [node] : [];
  });
  if (left.length === 0) return [];
  const all = [...cluster.nodes.values()];
  const nodes = `${inFigures(left.length)} of ${inFigures(all.length)} nodes ${left.length === 1 ? 'takes' : 'take'} no pods`;
  const cpu = `${formatMilliCpu(totalOf(left, 'cpu') as MilliCpu)} of ${formatMilliCpu(totalOf(all, 'cpu') as MilliCpu)} CPU`;
  const memory = `${formatBytes(totalOf(left, 'memory') as Bytes)} of ${formatBytes(totalOf(all, 'memory') as Bytes)} of memory`;
  return [
    {
      code: 'NODES_LEFT_CORDONED',
      severity: 'warning',
      object: 'Cluster',
      message: `${nodes} when the roll is over (${firstNames(left.map(({ name }) => name))}): ${cpu}, ${memory}`,
      hint: 'remove the cause and roll these nodes again, or uncordon those that are Ready: nobody else does',
    },
  ];
}

function totalOf(nodes: readonly Node[], resource: string): number {
  return nodes.reduce((sum, { allocatable }) => sum + (allocatable[resource] ?? 0), 0);
}
