import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import { deletePod } from '../controllers/deletePod.ts';
import { allOf, type Process, type Running, timeout } from '../sim/Process.ts';
import { after, between, type Duration, type Instant, ZERO } from '../units.ts';
import { Drain } from './Drain.ts';
import { refusalToDrain, toDrain } from './drainFilter.ts';
import { evictPod, untilGone } from './evictPod.ts';
import type { BudgetRefusals } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { DrainPlan } from './RollPlan.ts';

/** How the drain of one node went. */
export interface DrainResult {
  /**
   * `drained`: the node is empty; `forced`: the time was over and the rest was killed; `timedOut`: the time was over and the rest
   * keeps running; `refused`: a pod forbids the drain and nothing was evicted; `interrupted`: the node or the run came to its end.
   */
  readonly outcome: 'drained' | 'forced' | 'timedOut' | 'refused' | 'interrupted';
  readonly reason: string | undefined;
  readonly evictions: number;
  readonly refusals: number;
  /** Pods killed although they had not been evicted. */
  readonly forcedKills: readonly Pod[];
  readonly blocked: Duration;
  readonly refusedBy: readonly BudgetRefusals[];
}

/**
 * Empties a cordoned node as `plan` says: all its pods at once, each under its budget, until they are gone or the time is over.
 *
 * Within one instant the last pod of the list (namespace, name) is asked first and the others follow in order: kubectl starts one
 * goroutine per pod and Go runs the one created last first.
 * @see kubernetes/kubectl pkg/drain/drain.go
 */
export function* drainNode(context: RollContext, node: Node, plan: DrainPlan): Process<DrainResult> {
  const pods = toDrain(node, plan);
  const refusal = refusalToDrain(pods, plan);
  if (refusal !== undefined) return nothingEvicted(refusal);

  const drain = new Drain(context, node, plan);
  const deadline = after(context.sim.now, plan.timeout);
  const removals = context.sim.start(`drain/${node.name}`, allOf(lastFirst(pods).map((pod, index) => startRemoval(drain, pod, index))));
  while (!removals.isDone && context.sim.now < deadline && !drain.isInterrupted) {
    yield* context.closing.orUntil(removals.done, context.watch.nodeRemoved(node.name), ...until(deadline, context.sim.now));
  }
  const isEmpty = removals.isDone;
  drain.end();
  if (!removals.isDone) yield removals.done;
  const { evictions, refusals } = drain.ledger;
  return { ...ending(drain, pods, isEmpty), evictions, refusals, ...drain.ledger.close(context.sim.now) };
}

function startRemoval(drain: Drain, pod: Pod, index: number): Running<void> {
  const name = `drain/${drain.node.name}/${String(index).padStart(5, '0')}`;
  return drain.context.sim.start(name, drain.plan.mode === 'delete' ? removePod(drain, pod) : evictPod(drain, pod));
}

function* removePod(drain: Drain, pod: Pod): Process<void> {
  const { cluster, sim } = drain.context;
  deletePod(cluster, pod, { now: sim.now, cause: 'Delete' });
  yield* untilGone(drain, pod);
}

function until(deadline: Instant, now: Instant) {
  return Number.isFinite(deadline) ? [timeout(between(now, deadline))] : [];
}

function ending(drain: Drain, pods: readonly Pod[], isEmpty: boolean): Pick<DrainResult, 'outcome' | 'reason' | 'forcedKills'> {
  if (isEmpty) return { outcome: 'drained', reason: undefined, forcedKills: [] };
  if (drain.isInterrupted)
    return { outcome: 'interrupted', reason: drain.context.closing.reason ?? 'the node was deleted', forcedKills: [] };
  const left = pods.filter((pod) => drain.holds(pod));
  const names = left.map((pod) => pod.key).join(', ');
  if (drain.plan.onTimeout !== 'force')
    return { outcome: 'timedOut', reason: `still there when the drain timed out: ${names}`, forcedKills: [] };
  return { outcome: 'forced', reason: `killed when the drain timed out: ${names}`, forcedKills: kill(drain, left) };
}

/** Deletes pods without grace, as a reset does to whatever still runs; tells which of them had not been evicted. */
function kill({ context: { cluster, sim } }: Drain, pods: readonly Pod[]): Pod[] {
  const refused = pods.filter((pod) => !pod.isTerminating);
  for (const pod of pods) deletePod(cluster, pod, { now: sim.now, gracePeriodSeconds: 0, cause: 'Delete' });
  return refused;
}

function nothingEvicted(reason: string): DrainResult {
  return { outcome: 'refused', reason, evictions: 0, refusals: 0, forcedKills: [], blocked: ZERO, refusedBy: [] };
}

function lastFirst<T>(list: readonly T[]): T[] {
  return [...list.slice(-1), ...list.slice(0, -1)];
}
