import type { Node, NodeDescription } from '../cluster/Node.ts';
import { UNSCHEDULABLE } from '../cluster/Taint.ts';
import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import { type Process, timeout, type Wait } from '../sim/Process.ts';
import type { Instant } from '../units.ts';
import { emptyNode, isInterrupted, notBack, resetRow, untilCommandStarts, waitAtMost } from './emptyNode.ts';
import { gateTime } from './gateTime.ts';
import type { NodeReset } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';
import { dataLost, isKubernetesTaint, wipeNode } from './wipeNode.ts';

/**
 * Takes one node through its reset: cordon, drain, wipe and reinstall, Ready, gate, uncordon.
 *
 * A node whose drain fails keeps its pods; one that does not come back in time stays away. If the run closes before the
 * end, the row tells what has happened so far.
 */
export function* resetNode(context: RollContext, node: Node, plan: RollPlan, batch: number): Process<NodeReset> {
  const { sim, cluster } = context;
  const emptied = yield* emptyNode(context, node, plan, batch);
  if ('ended' in emptied) return emptied.ended;
  const { drained, drainedAt, volumeUsers } = emptied;

  const resetAt = sim.now;
  const lostData = dataLost(cluster, node, volumeUsers, plan);
  const unreportedUnmounts = takeAway(context, node, plan);
  const readyAt = yield* untilReinstalled(context, node, plan);
  const away = { drainedAt, resetAt, readyAt, lostData, unreportedUnmounts };
  if (readyAt === undefined) return resetRow(drained, away, notBack(context, stayingNode(node, plan)));

  const back = plan.nodeObject === 'kept' ? node : makeAnew(context, node, plan);
  bringBack(context, back, plan);
  yield* untilGateOpens(context, plan);
  yield* untilCommandStarts(context, plan);
  if (isInterrupted(context, back)) return resetRow(drained, away, notBack(context, back));
  if (plan.cordon !== 'none') cluster.uncordon(back);
  return resetRow(drained, away, { outcome: 'inService', reason: undefined, endedAt: sim.now });
}

/**
 * Takes the machine away unless it keeps running, and with it everything that the plan wipes; the Node object stays or goes as planned.
 * @returns the unmounted volumes that the node had not reported as unmounted.
 */
function takeAway(context: RollContext, node: Node, plan: RollPlan): readonly UnreportedUnmount[] {
  if (plan.machine === 'keepsRunning') return [];
  const unreported = context.kubelet.stop(node);
  context.watch.away.add(node.name);
  wipeNode(context, node, plan.wipe);
  if (plan.nodeObject !== 'kept') {
    context.watch.returning.add(node.name);
    context.cluster.removeNode(node);
  }
  return unreported;
}

function bringBack({ kubelet, watch }: RollContext, node: Node, plan: RollPlan): void {
  watch.away.delete(node.name);
  if (plan.machine !== 'keepsRunning') kubelet.start(node);
}

function makeAnew({ cluster, watch }: RollContext, node: Node, plan: RollPlan): Node {
  watch.returning.delete(node.name);
  return cluster.addNode(registration(node, plan));
}

/** The Node object that the kubelet registers: as given at the start, with the labels and taints that the pool defines. */
function registration({ description }: Node, { nodeObject, wipe }: RollPlan): NodeDescription {
  const { labels, taints, poolLabels, poolTaints } = description;
  const given = wipe.userTaints ? poolTaints : taints.filter((taint) => !isKubernetesTaint(taint));
  const isCordoned = nodeObject === 'recreatedCordoned';
  return {
    ...description,
    labels: wipe.userLabels ? poolLabels : labels,
    taints: isCordoned ? [...given, UNSCHEDULABLE] : given,
    unschedulable: isCordoned,
    images: [],
    ready: 'True',
  };
}

/** Waits for the reinstallation, and for another one after a failure if the plan allows; undefined when the node does not come back. */
function* untilReinstalled(context: RollContext, node: Node, plan: RollPlan): Process<Instant | undefined> {
  const { failure } = plan;
  for (let attempt = 0; attempt <= failure.retries; attempt += 1) {
    const time = context.resetTime(node);
    const isBack = time <= failure.readyTimeout;
    yield* waitAtMost(context, node, isBack ? time : failure.readyTimeout);
    if (isInterrupted(context, stayingNode(node, plan))) return undefined;
    if (isBack) return context.sim.now;
  }
  return undefined;
}

function untilGateOpens({ closing }: RollContext, { gate }: RollPlan): readonly Wait[] {
  const wait = gateTime(gate);
  return wait > 0 ? closing.orUntil(timeout(wait)) : [];
}

/** The Node object that has to be there all the time; undefined when the reset itself takes it away. */
function stayingNode(node: Node, { nodeObject }: RollPlan): Node | undefined {
  return nodeObject === 'kept' ? node : undefined;
}
