import type { Node, NodeDescription } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { UNSCHEDULABLE } from '../cluster/Taint.ts';
import { type ShutdownPlan, shutDown } from '../controllers/GracefulShutdown.ts';
import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import { type Process, timeout, type Wait } from '../sim/Process.ts';
import { type Duration, type Instant, ZERO } from '../units.ts';
import { guestsOn } from './drainFilter.ts';
import { type DrainResult, drainNode } from './drainNode.ts';
import type { NodeReset } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';
import { dataLost, isKubernetesTaint, wipeNode } from './wipeNode.ts';

/**
 * Takes one node through its reset: cordon, drain, wipe and reinstall, Ready, gate, uncordon.
 *
 * A node whose drain fails keeps its pods and stays cordoned; one that does not come back in time stays away. If the run closes before the
 * end, the row tells what has happened so far.
 */
export function* resetNode(context: RollContext, node: Node, plan: RollPlan, batch: number): Process<NodeReset> {
  const { sim, cluster, kubelet } = context;
  const startedAt = plan.cordon === 'none' ? sim.now : undefined;
  const cordonedAt = yield* untilCordoned(context, node, plan);
  const drain = yield* drainNode(context, node, plan.drain);
  const drained = { node: node.name, batch, cordonedAt, startedAt, drain };
  if (drain.outcome !== 'drained' && drain.outcome !== 'forced')
    return resetRow(drained, NEVER_AWAY, { outcome: outcomeOfDrain(context, node, drain), reason: drain.reason, endedAt: sim.now });

  const drainedAt = sim.now;
  if (plan.pauseAfterDrain) yield* waitAtMost(context, node, plan.pauseAfterDrain);
  if (plan.shutdown) yield* untilShutDown(context, node, plan.shutdown);
  if (isInterrupted(context, node)) return resetRow(drained, { ...NEVER_AWAY, drainedAt }, notBack(context, node));

  const resetAt = sim.now;
  const lostData = dataLost(cluster, node, volumeUsers(context, node, { drain, plan }), plan.wipe);
  const unreportedUnmounts = takeAway(context, node, plan);
  const readyAt = yield* untilReinstalled(context, node, plan);
  const away = { drainedAt, resetAt, readyAt, lostData, unreportedUnmounts };
  if (readyAt === undefined) return resetRow(drained, away, notBack(context, stayingNode(node, plan)));

  const back = plan.nodeObject === 'kept' ? node : makeAnew(context, node, plan);
  if (plan.machine !== 'keepsRunning') kubelet.start(back);
  yield* untilGateOpens(context, plan);
  yield* untilCommandStarts(context, plan);
  if (isInterrupted(context, back)) return resetRow(drained, away, notBack(context, back));
  if (plan.cordon !== 'none') cluster.uncordon(back);
  return resetRow(drained, away, { outcome: 'inService', reason: undefined, endedAt: sim.now });
}

/** A node whose drain has ended. */
type Drained = Pick<NodeReset, 'node' | 'batch' | 'cordonedAt' | 'startedAt'> & { readonly drain: DrainResult };

/** What has become of the machine of a node. */
type Away = Pick<NodeReset, 'drainedAt' | 'resetAt' | 'readyAt' | 'lostData'> & {
  readonly unreportedUnmounts: readonly UnreportedUnmount[];
};

const NEVER_AWAY: Away = { drainedAt: undefined, resetAt: undefined, readyAt: undefined, lostData: [], unreportedUnmounts: [] };

type ResetEnding = Pick<NodeReset, 'outcome' | 'reason' | 'endedAt'>;

function resetRow(
  { node, batch, cordonedAt, startedAt, drain }: Drained,
  away: Away,
  { outcome, reason, endedAt }: ResetEnding,
): NodeReset {
  const { evictions, refusals, forcedKills, cutShort, blocked, refusedBy } = drain;
  const { drainedAt, resetAt, readyAt, lostData, unreportedUnmounts } = away;
  return {
    node,
    batch,
    cordonedAt,
    startedAt,
    evictions,
    refusals,
    forcedKills: forcedKills.length,
    cutShort: cutShort.length > 0 ? cutShort.map(({ key }) => key) : undefined,
    blocked,
    refusedBy,
    drainedAt,
    resetAt,
    readyAt,
    lostData,
    unreportedUnmounts: unreportedUnmounts.length > 0 ? unreportedUnmounts : undefined,
    outcome,
    reason,
    inServiceAt: outcome === 'inService' ? endedAt : undefined,
    endedAt,
  };
}

/** Cordons the node, and lets the client come to its drain; undefined when it is left as it is, was deleted or the run closed before. */
function* untilCordoned(context: RollContext, node: Node, plan: RollPlan): Process<Instant | undefined> {
  yield* untilCommandStarts(context, plan);
  if (plan.cordon === 'none' || isInterrupted(context, node)) return undefined;
  const cordonedAt = context.sim.now;
  context.cluster.cordon(node);
  yield* untilCommandStarts(context, plan);
  return cordonedAt;
}

/** The pods with volumes that the drain removed or that are still there when the machine goes away, in order of namespace and name. */
function volumeUsers({ cluster }: RollContext, node: Node, { drain, plan }: { drain: DrainResult; plan: RollPlan }): Pod[] {
  const left = plan.machine === 'keepsRunning' ? [] : guestsOn(cluster, node).filter(({ podClass }) => podClass.hasVolumes);
  return [...new Set([...drain.volumeUsers, ...left])].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Lets the node shut down gracefully, or until it is deleted or the run closes. */
function* untilShutDown(context: RollContext, node: Node, plan: ShutdownPlan): Process<void> {
  if (isInterrupted(context, node)) return;
  const { closing, kubelet, watch } = context;
  for (const wait of shutDown(kubelet, node, plan)) {
    yield* closing.orUntil(watch.nodeRemoved(node.name), wait);
    if (isInterrupted(context, node)) return;
  }
}

/**
 * Takes the machine away unless it keeps running, and with it everything that the plan wipes; the Node object stays or goes as planned.
 * @returns the unmounted volumes that the node had not reported as unmounted.
 */
function takeAway(context: RollContext, node: Node, plan: RollPlan): readonly UnreportedUnmount[] {
  if (plan.machine === 'keepsRunning') return [];
  const unreported = context.kubelet.stop(node);
  wipeNode(context, node, plan.wipe);
  if (plan.nodeObject !== 'kept') {
    context.watch.returning.add(node.name);
    context.cluster.removeNode(node);
  }
  return unreported;
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
  const script = gate.waitPostInstallFinish ? gate.postInstall : ZERO;
  const wait = Math.max(script, gate.minReady) as Duration;
  return wait > 0 ? closing.orUntil(timeout(wait)) : [];
}

/** Waits until the next command of the client has started. */
function untilCommandStarts({ closing }: RollContext, { commandTime }: RollPlan): readonly Wait[] {
  return commandTime > 0 ? closing.orUntil(timeout(commandTime)) : [];
}

/** Sleeps for `time`, or until the node is deleted or the run closes. */
function waitAtMost({ closing, watch }: RollContext, node: Node, time: Duration): readonly Wait[] {
  const removed = watch.nodeRemoved(node.name);
  return Number.isFinite(time) ? closing.orUntil(removed, timeout(time)) : closing.orUntil(removed);
}

/** The Node object that has to be there all the time; undefined when the reset itself takes it away. */
function stayingNode(node: Node, { nodeObject }: RollPlan): Node | undefined {
  return nodeObject === 'kept' ? node : undefined;
}

function isInterrupted(context: RollContext, staying: Node | undefined): boolean {
  return context.closing.reason !== undefined || isDeleted(context, staying);
}

function notBack(context: RollContext, staying: Node | undefined): ResetEnding {
  const { reason } = context.closing;
  const endedAt = context.sim.now;
  if (isDeleted(context, staying)) return { outcome: 'deleted', reason: 'the node was deleted during its reset', endedAt };
  if (reason !== undefined) return { outcome: 'stuck', reason, endedAt };
  return { outcome: 'failed', reason: 'the node did not become Ready in time', endedAt };
}

function outcomeOfDrain(context: RollContext, node: Node, { outcome }: DrainResult): NodeReset['outcome'] {
  if (outcome !== 'interrupted') return 'failed';
  return isDeleted(context, node) ? 'deleted' : 'stuck';
}

function isDeleted({ cluster }: RollContext, node: Node | undefined): boolean {
  return node !== undefined && cluster.nodes.get(node.name) !== node;
}
