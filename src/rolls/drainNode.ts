import type { Node } from '../cluster/Node.ts';
import type { Pod, Termination } from '../cluster/Pod.ts';
import { deletePod } from '../controllers/deletePod.ts';
import { firstOf, type Process, timeout } from '../sim/Process.ts';
import { after, between, type Duration, type Instant, instant, seconds, ZERO } from '../units.ts';
import { aggregate } from './aggregate.ts';
import { Drain } from './Drain.ts';
import { deleteInTurn } from './deleteInTurn.ts';
import { refusalToDrain, toDrain, withoutSkipped } from './drainFilter.ts';
import { evictionOrder } from './evictionOrder.ts';
import { firstNames } from './firstNames.ts';
import type { BudgetRefusals } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { DrainPlan } from './RollPlan.ts';
import { Wave } from './Wave.ts';

/** How the drain of one node went. */
export interface DrainResult {
  /**
   * `drained`: the node is empty; `forced`: the time was over and the remaining pods were killed; `timedOut`: the time was over and they
   * keep running; `refused`: a pod forbids the drain and nothing was evicted; `interrupted`: the node was deleted or the run ended.
   */
  readonly outcome: 'drained' | 'forced' | 'timedOut' | 'refused' | 'interrupted';
  readonly reason: string | undefined;
  /**
   * The pods with volumes among those that it listed first, in order of namespace and name, followed by those that came to the node later
   * and are still there; none when the drain was refused.
   */
  readonly volumeUsers: readonly Pod[];
  readonly evictions: number;
  readonly refusals: number;
  /** Pods that were removed against their budget: deleted without asking it, or killed without having been evicted. */
  readonly forcedKills: readonly Pod[];
  /** Pods that were killed while terminating, before their grace period was over. */
  readonly cutShort: readonly Pod[];
  readonly blocked: Duration;
  readonly refusedBy: readonly BudgetRefusals[];
}

/**
 * Empties a cordoned node as `plan` says: evicts its pods, each subject to its budget, until all are gone or the time is over. Uncordons the
 * node if that fails and the plan says so.
 * @see kubernetes/kubectl pkg/drain/drain.go
 */
export function* drainNode(context: RollContext, node: Node, plan: DrainPlan): Process<DrainResult> {
  const result = yield* untilDrained(context, node, plan);
  const hasFailed = result.outcome === 'timedOut' || result.outcome === 'refused';
  if (hasFailed && plan.afterFailure === 'uncordon') context.cluster.uncordon(node);
  return result;
}

function* untilDrained(context: RollContext, node: Node, plan: DrainPlan): Process<DrainResult> {
  const { sim, cluster, closing } = context;
  if (closing.reason !== undefined || cluster.nodes.get(node.name) !== node)
    return nothingEvicted('interrupted', closing.reason ?? DELETED);
  const refusal = refusalToDrain(cluster, node, plan, sim.now);
  if (refusal !== undefined) return nothingEvicted('refused', refusal);

  const candidates = toDrain(cluster, node, plan);
  const listed = withoutSkipped(candidates, plan, sim.now);
  const drain = new Drain(context, node, plan);
  const isEmpty = yield* untilEmpty(drain, listed);

  const { evictions, refusals } = drain.ledger;
  const came = plan.listing === 'once' || isEmpty ? [] : podsNow(drain).filter((pod) => !candidates.includes(pod));
  const volumeUsers = [...candidates, ...came].filter(({ podClass }) => podClass.hasVolumes);
  const { outcome, reason, refused, cutShort } = ending(drain, { listed, came }, isEmpty);
  const forcedKills = [...drain.deletedAgainstBudget, ...refused];
  const { blocked, refusedBy } = drain.ledger.close(sim.now);
  return { outcome, reason, volumeUsers, evictions, refusals, forcedKills, cutShort, blocked, refusedBy };
}

/** Removes pods until none is left, the time is over, or the node or the run ends; then ends the drain. @returns whether none is left. */
function* untilEmpty(drain: Drain, listed: readonly Pod[]): Process<boolean> {
  const { node, context } = drain;
  const { sim, closing, watch } = context;
  const removals = sim.start(`drain/${node.name}`, removeListed(drain, listed));
  while (!removals.isDone && !isTimeOver(drain) && !drain.isInterrupted) {
    yield* closing.orUntil(removals.done, watch.nodeRemoved(node.name), ...untilTimeOver(drain));
  }
  const isEmpty = removals.isDone && drain.failures.length === 0;
  drain.end();
  if (!removals.isDone) yield removals.done;
  return isEmpty;
}

/** Removes the pods listed at the start and, if the plan lists again, those that have come to the node since, until it is empty. */
function* removeListed(drain: Drain, first: readonly Pod[]): Process<void> {
  const { sim } = drain.context;
  const ticks = new ListingTicks(sim.now, drain.plan.retry);
  for (let pods = first; pods.length > 0 && !drain.isOver; pods = podsNow(drain)) {
    yield* removeInWaves(drain, pods);
    yield* pauseUntil(drain, drain.nextTry(sim.now));
    const isEnough = drain.plan.listing === 'once' || drain.isOver || drain.failures.length > 0;
    if (isEnough || podsNow(drain).length === 0) return;
    yield* pauseUntil(drain, drain.nextTry(ticks.next(sim.now)));
  }
}

/** Sleeps until `at`, or until the drain is over; it may be already. */
function* pauseUntil({ context: { sim }, isOver, over }: Drain, at: Instant): Process<void> {
  const pause = between(sim.now, at);
  if (pause > 0 && !isOver) yield firstOf(timeout(pause), over);
}

/** The pods that the drain would evict if it began now. */
function podsNow({ context: { cluster, sim }, node, plan }: Drain): readonly Pod[] {
  return withoutSkipped(toDrain(cluster, node, plan), plan, sim.now);
}

/** The times at which a drain lists its node again: a `period` apart, and never twice at one time. */
class ListingTicks {
  private readonly start: Instant;
  private readonly period: Duration;
  private count = 0;

  constructor(start: Instant, period: Duration) {
    this.start = start;
    this.period = period;
  }

  /** The first tick after the last one that was given that is not before `now`. */
  next(now: Instant): Instant {
    this.count = Math.max(this.count + 1, Math.ceil(between(this.start, now) / this.period));
    return instant(this.start + this.count * this.period);
  }
}

/** Starts the next wave when every pod of the one before is gone. */
function* removeInWaves(drain: Drain, pods: readonly Pod[]): Process<void> {
  if (drain.plan.mode === 'delete' && drain.plan.givesUp === 'podByPod') return yield* deleteInTurn(drain, pods);
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
 * Several drains that act in one instant take their turns drain by drain, in random order. The names of these turns sort after those of the
 * resets, so that every drain that starts in an instant has started before the first eviction.
 */
function waveOf(drain: Drain, pods: readonly Pod[]): Wave {
  const { sim } = drain.context;
  const rank = sim.briefStream('drainOrder', drain.node.lot).next().toFixed(9);
  const order = drain.plan.sequence === undefined ? evictionOrder(pods, sim.stream('evictionOrder', drain.node.lot)) : pods;
  // A name that is joined to one piece is compared faster than one that is added up.
  return new Wave(drain, order, ['victims', rank, drain.node.name, ''].join('/'));
}

function isTimeOver({ plan, deadline, context }: Drain): boolean {
  return plan.givesUp === 'atDeadline' && context.sim.now >= deadline;
}

function untilTimeOver({ plan, deadline, context: { sim } }: Drain) {
  return plan.givesUp === 'atDeadline' && Number.isFinite(deadline) ? [timeout(between(sim.now, deadline))] : [];
}

/** The pods that a drain was to remove: those it listed at the start, and those that have come to the node since and are still there. */
interface Victims {
  readonly listed: readonly Pod[];
  readonly came: readonly Pod[];
}

/** The pods that the end of a drain has killed. */
interface Killed extends Pick<DrainResult, 'cutShort'> {
  /** Those that had not been evicted. */
  readonly refused: readonly Pod[];
}

const NOBODY: Killed = { refused: [], cutShort: [] };

type Ending = Killed & Pick<DrainResult, 'outcome' | 'reason'>;

function ending(drain: Drain, { listed, came }: Victims, isEmpty: boolean): Ending {
  if (isEmpty) return { outcome: 'drained', reason: undefined, ...NOBODY };
  if (drain.isInterrupted) return { outcome: 'interrupted', reason: drain.context.closing.reason ?? DELETED, ...NOBODY };
  const stayed = listed.filter(({ exists }) => exists);
  const names = firstNames([...stayed.map(({ key }) => key), ...came.map(({ key }) => `${key} (came to the cordoned node)`)]);
  if (drain.plan.onTimeout === 'force')
    return { outcome: 'forced', reason: `killed when the drain timed out: ${names}`, ...kill(drain, [...stayed, ...came]) };
  const reason = aggregate(drain.failures) ?? `still there when the drain timed out: ${names}`;
  return { outcome: 'timedOut', reason, ...NOBODY };
}

/** Deletes pods without grace, as a reset does to whatever still runs. */
function kill({ context: { cluster, sim } }: Drain, pods: readonly Pod[]): Killed {
  const refused = pods.filter((pod) => !pod.isTerminating);
  const cutShort = pods.filter(({ termination }) => termination && endOfGrace(termination) > sim.now);
  for (const pod of pods) deletePod(cluster, pod, { now: sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
  return { refused, cutShort };
}

function endOfGrace({ requestedAt, gracePeriodSeconds }: Termination): Instant {
  return after(requestedAt, seconds(gracePeriodSeconds));
}

const DELETED = 'the node was deleted';

function nothingEvicted(outcome: DrainResult['outcome'], reason: string): DrainResult {
  return {
    outcome,
    reason,
    volumeUsers: [],
    evictions: 0,
    refusals: 0,
    forcedKills: [],
    cutShort: [],
    blocked: ZERO,
    refusedBy: [],
  };
}
