import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { deletePod } from '../controllers/deletePod.ts';
import { type Process, timeout } from '../sim/Process.ts';
import { between, type Duration, ZERO } from '../units.ts';
import { Drain } from './Drain.ts';
import { refusalToDrain, toDrain, withoutSkipped } from './drainFilter.ts';
import { evictionOrder } from './evictionOrder.ts';
import type { BudgetRefusals } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { DrainPlan } from './RollPlan.ts';
import { Wave } from './Wave.ts';

/** How the drain of one node went. */
export interface DrainResult {
  /**
   * `drained`: the node is empty; `forced`: the time was over and the rest was killed; `timedOut`: the time was over and the rest
   * keeps running; `refused`: a pod forbids the drain and nothing was evicted; `interrupted`: the node or the run came to its end.
   */
  readonly outcome: 'drained' | 'forced' | 'timedOut' | 'refused' | 'interrupted';
  readonly reason: string | undefined;
  /** Those with volumes of the pods that it was about, in order of namespace and name; none when it was refused. */
  readonly volumeUsers: readonly Pod[];
  readonly evictions: number;
  readonly refusals: number;
  /** Pods killed although they had not been evicted. */
  readonly forcedKills: readonly Pod[];
  readonly blocked: Duration;
  readonly refusedBy: readonly BudgetRefusals[];
}

/**
 * Empties a cordoned node as `plan` says: all its pods at once, each under its budget, until they are gone or the time is over.
 * @see kubernetes/kubectl pkg/drain/drain.go
 */
export function* drainNode(context: RollContext, node: Node, plan: DrainPlan): Process<DrainResult> {
  const { sim, cluster, closing, watch } = context;
  const refusal = refusalToDrain(cluster, node, plan, sim.now);
  if (refusal !== undefined) return nothingEvicted(refusal);
  const candidates = toDrain(cluster, node, plan);
  const pods = withoutSkipped(candidates, plan, sim.now);
  const volumeUsers = candidates.filter(({ podClass }) => podClass.hasVolumes);
  const drain = new Drain(context, node, plan);
  const removals = sim.start(`drain/${node.name}`, removeInWaves(drain, pods));
  while (!removals.isDone && !isTimeOver(drain) && !drain.isInterrupted) {
    yield* closing.orUntil(removals.done, watch.nodeRemoved(node.name), ...untilTimeOver(drain));
  }
  const isEmpty = removals.isDone && drain.failures.length === 0;
  drain.end();
  if (!removals.isDone) yield removals.done;
  const { evictions, refusals } = drain.ledger;
  const { outcome, reason, forcedKills } = ending(drain, pods, isEmpty);
  const { blocked, refusedBy } = drain.ledger.close(sim.now);
  return { outcome, reason, volumeUsers, evictions, refusals, forcedKills, blocked, refusedBy };
}

/** Starts the next wave when every pod of the one before is gone. */
function* removeInWaves(drain: Drain, pods: readonly Pod[]): Process<void> {
  for (const members of wavesOf(pods, drain.plan)) {
    if (drain.isOver) return;
    const wave = waveOf(drain, members);
    wave.begin();
    while (!wave.isOver) yield wave.over;
  }
}

function wavesOf(pods: readonly Pod[], { sequence }: DrainPlan): (readonly Pod[])[] {
  if (sequence !== 'criticalLast') return [pods];
  return [pods.filter((pod) => !isCritical(pod)), pods.filter(isCritical)];
}

/** The priority of system-cluster-critical; no class of a user's own reaches it. */
const SYSTEM_CRITICAL = 2_000_000_000;

function isCritical({ spec: { priority } }: Pod): boolean {
  return priority >= SYSTEM_CRITICAL;
}

/**
 * Everything that several drains do in one instant is done drain by drain, in an order that is left to chance. The names of these
 * processes sort behind those of the resets, so that every drain that starts in an instant is there before the first eviction.
 */
function waveOf(drain: Drain, pods: readonly Pod[]): Wave {
  const { sim } = drain.context;
  const rank = sim.briefStream('drainOrder', drain.node.name).next().toFixed(9);
  const order = drain.plan.sequence === undefined ? evictionOrder(pods, sim.stream('evictionOrder', drain.node.name)) : pods;
  // A name that is joined to one piece is compared faster than one that is added up.
  return new Wave(drain, order, ['victims', rank, drain.node.name, ''].join('/'));
}

function isTimeOver({ plan, deadline, context }: Drain): boolean {
  return plan.givesUp === 'atDeadline' && context.sim.now >= deadline;
}

function untilTimeOver({ plan, deadline, context: { sim } }: Drain) {
  return plan.givesUp === 'atDeadline' && Number.isFinite(deadline) ? [timeout(between(sim.now, deadline))] : [];
}

function ending(drain: Drain, pods: readonly Pod[], isEmpty: boolean): Pick<DrainResult, 'outcome' | 'reason' | 'forcedKills'> {
  if (isEmpty) return { outcome: 'drained', reason: undefined, forcedKills: [] };
  if (drain.isInterrupted)
    return { outcome: 'interrupted', reason: drain.context.closing.reason ?? 'the node was deleted', forcedKills: [] };
  const left = pods.filter(({ exists }) => exists);
  const names = left.map((pod) => pod.key).join(', ');
  if (drain.plan.onTimeout === 'force')
    return { outcome: 'forced', reason: `killed when the drain timed out: ${names}`, forcedKills: kill(drain, left) };
  const reason = drain.failures[0] ?? `still there when the drain timed out: ${names}`;
  return { outcome: 'timedOut', reason, forcedKills: [] };
}

/** Deletes pods without grace, as a reset does to whatever still runs; tells which of them had not been evicted. */
function kill({ context: { cluster, sim } }: Drain, pods: readonly Pod[]): Pod[] {
  const refused = pods.filter((pod) => !pod.isTerminating);
  for (const pod of pods) deletePod(cluster, pod, { now: sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
  return refused;
}

function nothingEvicted(reason: string): DrainResult {
  return { outcome: 'refused', reason, volumeUsers: [], evictions: 0, refusals: 0, forcedKills: [], blocked: ZERO, refusedBy: [] };
}
