import { guestsOn } from '../rolls/drainFilter.ts';
import { firstNames } from '../rolls/firstNames.ts';
import type { NodeReset } from '../rolls/NodeReset.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { inFigures } from './counted.ts';
import type { Remains } from './Remains.ts';

/**
 * Nodes that had pods before their reset and have none when everything is over, those of DaemonSets and static pods aside. The scheduler
 * moves no pod that runs, so the nodes that come back last stay empty.
 */
export function leftEmptyFindings({ ending, facts, world: { cluster } }: Remains): Finding[] {
  if (ending !== 'finished') return [];
  const left = facts.resets.flatMap((reset) => {
    const node = hadPods(reset) && cluster.nodes.get(reset.node);
    return node && guestsOn(cluster, node).every(({ isFinished }) => isFinished) ? [reset.node] : [];
  });
  if (left.length === 0) return [];
  const nodes = `${inFigures(left.length)} of ${inFigures(facts.resets.length)} nodes had pods before and ${left.length === 1 ? 'has' : 'have'} none`;
  return [
    {
      code: 'NODES_LEFT_EMPTY',
      severity: 'info',
      object: 'Cluster',
      message: `${nodes} when the roll is over (${firstNames(left)}): the other nodes run them all`,
      hint: 'nothing moves pods back, so the next node to fail takes more of them with it; restart workloads, or run a descheduler',
    },
  ];
}

function hadPods({ outcome, evictions, forcedKills }: NodeReset): boolean {
  return outcome === 'inService' && evictions + forcedKills > 0;
}
