import type { Node } from '../cluster/Node.ts';
import type { Process } from '../sim/Process.ts';
import { emptyNode, isInterrupted, notBack, resetRow, waitAtMost } from './emptyNode.ts';
import type { NodeReset } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';
import { dataLost, destroyVolumes } from './wipeNode.ts';

/**
 * Takes one node out of the cluster for good: cordon, drain, deletion of its machine with all that is on it, and of its Node object. Pods that
 * the drain leaves there end with the machine, and their objects are collected later.
 *
 * A node whose drain fails keeps its pods and stays cordoned.
 */
export function* removeNode(context: RollContext, node: Node, plan: RollPlan, batch: number): Process<NodeReset> {
  const { sim, cluster, kubelet } = context;
  const emptied = yield* emptyNode(context, node, plan, batch);
  if ('ended' in emptied) return emptied.ended;
  const { drained, drainedAt, volumeUsers } = emptied;

  const resetAt = sim.now;
  const lostData = dataLost(cluster, node, volumeUsers, plan);
  const unreportedUnmounts = kubelet.stop(node);
  destroyVolumes(context, node, plan.wipe);
  const away = { drainedAt, resetAt, readyAt: undefined, lostData, unreportedUnmounts };
  const time = context.deletionTime(node);
  if (time > 0) yield* waitAtMost(context, node, time);
  if (isInterrupted(context, node)) return resetRow(drained, away, notBack(context, node));
  cluster.removeNode(node);
  return resetRow(drained, away, { outcome: 'replaced', reason: undefined, endedAt: sim.now });
}
