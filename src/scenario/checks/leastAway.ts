import type { NodeDescription } from '../../cluster/Node.ts';
import { gateTime } from '../../rolls/gateTime.ts';
import { leastOf } from '../../sim/leastOf.ts';
import { ZERO } from '../../units.ts';
import { fitsNode } from '../fitsNode.ts';
import type { Scenario } from '../Scenario.ts';

/** How many milliseconds `node` is away at least, its drain apart; one that has failed by then is done with too. */
export function leastAway(node: NodeDescription | undefined, { timing, roll: { gate, failure } }: Scenario): number {
  const entry = node && timing.nodes.find(({ match }) => fitsNode(match, node));
  if (!entry) return ZERO;
  return Math.min(leastOf(entry.reset) + gateTime(gate), failure.readyTimeout);
}
