import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { type ShutdownPlan, shutDown } from '../controllers/GracefulShutdown.ts';
import type { UnreportedUnmount } from '../controllers/VolumeReports.ts';
import { type Process, timeout, type Wait } from '../sim/Process.ts';
import type { Duration, Instant } from '../units.ts';
import { guestsOn } from './drainFilter.ts';
import { type DrainResult, drainNode } from './drainNode.ts';
import type { NodeReset } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan } from './RollPlan.ts';

/** A node without the pods that the drain removes, at the moment at which its machine may go away. */
export interface EmptiedNode {
  readonly drained: DrainedNode;
  readonly drainedAt: Instant;
  /** The pods with volumes that the drain removed or that are still there, in order of namespace and name. */
  readonly volumeUsers: readonly Pod[];
}

/** Takes one node out of service: cordon, drain, the pauses after it. @returns its row if it gets no further. */
export function* emptyNode(
  context: RollContext,
  node: Node,
  plan: RollPlan,
  batch: number,
): Process<EmptiedNode | { readonly ended: NodeReset }> {
  const { sim } = context;
  const startedAt = plan.cordon === 'none' ? sim.now : undefined;
  const cordonedAt = yield* untilCordoned(context, node, plan);
  const drain = yield* drainNode(context, node, plan.drain);
  const drained = { node: node.name, batch, cordonedAt, startedAt, drain };
  if (drain.outcome !== 'drained' && drain.outcome !== 'forced') {
    const ending = { outcome: outcomeOfDrain(context, node, drain), reason: drain.reason, endedAt: sim.now };
    return { ended: resetRow(drained, NEVER_AWAY, ending) };
  }

  const drainedAt = sim.now;
  if (plan.pauseAfterDrain) yield* waitAtMost(context, node, plan.pauseAfterDrain);
  if (plan.shutdown) yield* untilShutDown(context, node, plan.shutdown);
  if (isInterrupted(context, node)) return { ended: resetRow(drained, { ...NEVER_AWAY, drainedAt }, notBack(context, node)) };
  return { drained, drainedAt, volumeUsers: volumeUsers(context, node, { drain, plan }) };
}

/** A node whose drain has ended. */
export type DrainedNode = Pick<NodeReset, 'node' | 'batch' | 'cordonedAt' | 'startedAt'> & { readonly drain: DrainResult };

/** What has become of the machine of a node. */
export type Away = Pick<NodeReset, 'drainedAt' | 'resetAt' | 'readyAt' | 'lostData'> & {
  readonly unreportedUnmounts: readonly UnreportedUnmount[];
};

const NEVER_AWAY: Away = { drainedAt: undefined, resetAt: undefined, readyAt: undefined, lostData: [], unreportedUnmounts: [] };

/** How a node of a roll ended. */
export type ResetEnding = Pick<NodeReset, 'outcome' | 'reason' | 'endedAt'>;

/** The row of a node whose drain has ended. */
export function resetRow(
  { node, batch, cordonedAt, startedAt, drain }: DrainedNode,
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

/** Waits until the next command of the client has started. */
export function untilCommandStarts({ closing }: RollContext, { commandTime }: RollPlan): readonly Wait[] {
  return commandTime > 0 ? closing.orUntil(timeout(commandTime)) : [];
}

/** Sleeps for `time`, or until the node is deleted or the run closes. */
export function waitAtMost({ closing, watch }: RollContext, node: Node, time: Duration): readonly Wait[] {
  const removed = watch.nodeRemoved(node.name);
  return Number.isFinite(time) ? closing.orUntil(removed, timeout(time)) : closing.orUntil(removed);
}

/** Whether the run closes, or the Node object `staying` is no longer there. */
export function isInterrupted(context: RollContext, staying: Node | undefined): boolean {
  return context.closing.reason !== undefined || isDeleted(context, staying);
}

/** How a node ends whose return was interrupted, or took too long. */
export function notBack(context: RollContext, staying: Node | undefined): ResetEnding {
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
