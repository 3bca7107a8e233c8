import type { Node, NodeDescription } from '../cluster/Node.ts';
import { UNSCHEDULABLE } from '../cluster/Taint.ts';
import { shutDown } from '../controllers/GracefulShutdown.ts';
import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import { type Process, timeout } from '../sim/Process.ts';
import { after, between, type Duration, type Instant } from '../units.ts';
import { type DrainResult, drainNode } from './drainNode.ts';
import type { LostData, NodeReset } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';
import { dataLost, isKubernetesTaint, wipeNode } from './wipeNode.ts';

/**
 * Takes one node through its reset: cordon, drain, wipe and reinstall, Ready, gate, uncordon.
 *
 * A node whose drain fails keeps its pods and stays cordoned; one that does not come back in time stays away. When the run closes
 * before the end, what has happened so far is returned.
 */
export function* resetNode(context: RollContext, node: Node, plan: RollPlan, batch: number): Process<NodeReset> {
  const { sim, cluster, kubelet } = context;
  yield* command(context, plan);
  const cordonedAt = sim.now;
  cluster.cordon(node);
  yield* command(context, plan);
  const drain = yield* drainNode(context, node, plan.drain);
  const row = { node: node.name, batch, cordonedAt, ...drainFigures(drain) };
  if (drain.outcome !== 'drained' && drain.outcome !== 'forced') {
    return { ...row, ...NOT_RESET, outcome: outcomeOfDrain(context, node, drain), reason: drain.reason, endedAt: sim.now };
  }

  const drainedAt = sim.now;
  if (plan.pauseAfterDrain) yield* waitAtMost(context, node, plan.pauseAfterDrain);
  if (plan.shutdown && !isInterrupted(context, node)) yield* shutDown(kubelet, node, plan.shutdown);
  if (isInterrupted(context, node)) return { ...row, ...NOT_RESET, drainedAt, ...notBack(context, node, KEPT), endedAt: sim.now };

  const resetAt = sim.now;
  const lostData: LostData[] = dataLost(cluster, node, drain.volumeUsers, plan.wipe);
  const unreportedUnmounts = takeAway(context, node, plan);
  const readyAt = yield* untilReinstalled(context, node, plan);
  const away = { ...row, drainedAt, resetAt, readyAt, lostData, ...(unreportedUnmounts.length > 0 ? { unreportedUnmounts } : {}) };
  if (readyAt === undefined) return { ...away, ...notBack(context, node, plan), inServiceAt: undefined, endedAt: sim.now };

  const back = plan.nodeObject === 'kept' ? node : cluster.addNode(registration(node, plan));
  kubelet.start(back);
  yield* untilGateOpens(context, plan);
  yield* command(context, plan);
  const ending = isInterrupted(context, back) ? notBack(context, back, KEPT) : undefined;
  if (ending === undefined) cluster.uncordon(back);
  return { ...away, ...(ending ?? IN_SERVICE), inServiceAt: ending ? undefined : sim.now, endedAt: sim.now };
}

const NOT_RESET = { drainedAt: undefined, resetAt: undefined, readyAt: undefined, inServiceAt: undefined, lostData: [] };
const IN_SERVICE = { outcome: 'inService', reason: undefined } as const;
const KEPT = { nodeObject: 'kept' } as const;

/** The machine goes away, and with it what the plan wipes; the Node object stays or goes too. Tells what it had not reported. */
function takeAway(context: RollContext, node: Node, plan: RollPlan): readonly UnreportedUnmount[] {
  const unreported = context.kubelet.stop(node);
  if (plan.replacement === 'reset') wipeNode(context, node, plan.wipe);
  if (plan.nodeObject !== 'kept') context.cluster.removeNode(node);
  return unreported;
}

/** The Node object that the kubelet makes anew: as given at the start, with the labels and taints that the pool defines. */
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

/** Waits for the reinstallation, again after a failed one if the plan allows; undefined when the node does not come back. */
function* untilReinstalled(context: RollContext, node: Node, { failure, nodeObject }: RollPlan): Process<Instant | undefined> {
  for (let attempt = 0; attempt <= failure.retries; attempt += 1) {
    const time = context.resetTime(node);
    const isBack = time <= failure.readyTimeout;
    yield* waitAtMost(context, node, isBack ? time : failure.readyTimeout);
    if (nodeObject === 'kept' ? isInterrupted(context, node) : context.closing.reason !== undefined) return undefined;
    if (isBack) return context.sim.now;
  }
  return undefined;
}

function* untilGateOpens({ sim, closing }: RollContext, { gate }: RollPlan): Process<void> {
  const script = gate.waitPostInstallFinish ? gate.postInstall : 0;
  const wait = Math.max(script, gate.minReady) as Duration;
  const opensAt = after(sim.now, wait);
  if (wait > 0) yield* closing.orUntil(timeout(between(sim.now, opensAt)));
}

/** Lets the client's next command start. */
function* command({ closing }: RollContext, { commandTime }: RollPlan): Process<void> {
  if (commandTime > 0) yield* closing.orUntil(timeout(commandTime));
}

/** Sleeps for `time`, or until the node is deleted or the run closes. */
function* waitAtMost({ closing, watch }: RollContext, node: Node, time: Duration): Process<void> {
  yield* closing.orUntil(watch.nodeRemoved(node.name), ...(Number.isFinite(time) ? [timeout(time)] : []));
}

function isInterrupted({ cluster, closing }: RollContext, node: Node): boolean {
  return closing.reason !== undefined || cluster.nodes.get(node.name) !== node;
}

function notBack(
  { cluster, closing }: RollContext,
  node: Node,
  { nodeObject }: Pick<RollPlan, 'nodeObject'>,
): Pick<NodeReset, 'outcome' | 'reason'> {
  const isDeleted = nodeObject === 'kept' && cluster.nodes.get(node.name) !== node;
  if (isDeleted) return { outcome: 'deleted', reason: 'the node was deleted during its reset' };
  if (closing.reason !== undefined) return { outcome: 'stuck', reason: closing.reason };
  return { outcome: 'failed', reason: 'the node did not become Ready in time' };
}

function outcomeOfDrain({ cluster }: RollContext, node: Node, { outcome }: DrainResult): NodeReset['outcome'] {
  if (outcome !== 'interrupted') return 'failed';
  return cluster.nodes.get(node.name) === node ? 'stuck' : 'deleted';
}

function drainFigures({ evictions, refusals, forcedKills, blocked, refusedBy }: DrainResult) {
  return { evictions, refusals, forcedKills: forcedKills.length, blocked, refusedBy };
}
