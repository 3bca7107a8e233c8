import type { NodeDescription } from '../../cluster/Node.ts';
import { firstNames } from '../../rolls/firstNames.ts';
import { leastOf } from '../../sim/leastOf.ts';
import { type Duration, formatDuration, NEVER, ZERO } from '../../units.ts';
import { fitsNode } from '../fitsNode.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import type { Check } from './Check.ts';

/** Nodes whose reset, or new machine, takes longer at its shortest than the roll waits for them: each of them fails, and nobody uncordons it. */
export const resetOutlastsTimeout: Check = ({ scenario }) => {
  const { nodes, failure } = scenario.roll;
  const rolled = new Set(nodes);
  const late = scenario.cluster.nodes
    .filter(({ name }) => rolled.has(name))
    .flatMap((node) => {
      const least = leastReset(node, scenario);
      return least === NEVER || least > failure.readyTimeout ? [{ name: node.name, least }] : [];
    });
  return late.length === 0 ? [] : [findingFor(late, scenario)];
};

interface LateNode {
  readonly name: string;
  readonly least: Duration;
}

/** NEVER for a node that does not come back. */
function leastReset(node: NodeDescription, { timing, roll }: Scenario): Duration {
  const entry = timing.nodes.find(({ match }) => fitsNode(match, node));
  if (!entry) return ZERO;
  const reset = roll.surge ? (entry.boot ?? entry.reset) : entry.reset;
  return reset.never === 1 ? NEVER : leastOf(reset);
}

function findingFor(late: readonly LateNode[], { roll }: Scenario): Finding {
  const { failure } = roll;
  const shortest = Math.min(...late.map(({ least }) => least)) as Duration;
  const names = firstNames(late.map(({ name }) => name));
  const takes = shortest === NEVER ? 'never ends' : `takes at least ${formatDuration(shortest)}`;
  const end =
    failure.readyTimeout === NEVER
      ? 'the roll waits for ever'
      : `a node that is not Ready after ${formatDuration(failure.readyTimeout)} has failed`;
  return {
    code: 'RESET_OUTLASTS_TIMEOUT',
    severity: 'error',
    object: late.length === 1 ? `Node/${names}` : 'Cluster',
    message: `${roll.surge ? 'a new machine in place' : 'the reset'} of ${names} ${takes}, and ${end}`,
    hint: 'give nodes more time (roll.failure.readyTimeout), or correct how long their resets take (timing.nodes)',
  };
}
