import type { RollContext } from '../rolls/RollContext.ts';
import type { MachineFault } from '../scenario/Scenario.ts';

/**
 * Stops the machine of a node, or starts it again. A machine that a reset has taken away is left to the reset, and so is one that came back with
 * it.
 */
export function failMachine({ cluster, kubelet, watch }: RollContext, { kind, node: name }: MachineFault): void {
  const node = cluster.nodes.get(name);
  if (!node || watch.away.has(name)) return;
  if (kind === 'stopNode') kubelet.stop(node);
  else if (!node.isPosting) kubelet.start(node);
}
