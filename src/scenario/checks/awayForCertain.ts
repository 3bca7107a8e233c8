import type { NodeDescription } from '../../cluster/Node.ts';
import { isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { batchSizes } from '../../rolls/batchSizes.ts';
import type { RollPlan } from '../../rolls/RollPlan.ts';
import { type Duration, NEVER, seconds, ZERO } from '../../units.ts';
import { fitsNode } from '../fitsNode.ts';
import { runOpenings } from '../runOpenings.ts';
import type { Scenario } from '../Scenario.ts';
import { type CheckSubject, isDrained } from './Check.ts';
import { leastAway } from './leastAway.ts';
import { isBare, type PodGroup } from './PodGroup.ts';
import { placesUsedUp } from './placesUsedUp.ts';
import { sum } from './sum.ts';

/**
 * How much is missing at some time in every course of the roll, with `amounts` on the rolled nodes: the largest sum over nodes that are sure
 * to be without their pods at once. That is a batch, the first nodes of a window, or any so many nodes, if their drains are over before the
 * first of them can be back; otherwise budgets may stretch them so that only one node is empty at a time. 0 when not even that is certain, as
 * where new nodes come. With maintenance windows only the first nodes are sure to have their turn, and none if no window opens in time.
 */
export function awayForCertain(subject: CheckSubject, amounts: ReadonlyMap<string, number>): number {
  const { scenario } = subject;
  if (scenario.roll.surge) return 0;
  const rolled = scenario.cluster.nodes.filter(({ name }) => amounts.has(name));
  if (placesUsedUp(subject).length > 0) return 0;
  const longest = longestDrain(subject, rolled);
  if (longest === NEVER) return 0;
  const shortestAbsence = Math.min(...rolled.map((node) => leastAway(node, scenario))) - reactionTime(scenario);
  if (shortestAbsence <= 0) return 0;
  const atOnce = longest < shortestAbsence ? 'batch' : 'one';
  const { budgetAccounting = 'inflight', maintenance } = scenario.roll;
  if (maintenance && runOpenings(scenario)?.length === 0) return 0;
  const goesOn =
    !maintenance &&
    budgetAccounting === 'inflight' &&
    endsEveryDrain(subject, longest) &&
    rolled.every((node) => goesOnAfter(node, scenario));
  return largestSum(scenario.roll, amounts, { atOnce, goesOn });
}

interface Reached {
  /** Whether all nodes of a batch, or the first of a window, are empty at once, or perhaps only one at a time. */
  readonly atOnce: 'batch' | 'one';
  /** Whether every node has its turn. */
  readonly goesOn: boolean;
}

function largestSum(roll: RollPlan, amounts: ReadonlyMap<string, number>, { atOnce, goesOn }: Reached): number {
  const { nodes, order, pacing, maxUnavailable } = roll;
  const smallestFirst = [...amounts.values()].sort((a, b) => a - b);
  if (atOnce === 'one' && goesOn) return smallestFirst.at(-1) ?? 0;
  const sizes = pacing.kind === 'window' ? [maxUnavailable] : batchSizes(roll, nodes.length);
  const reached = goesOn ? sizes : sizes.slice(0, 1);
  if (order !== 'listing' && order !== 'name') return sum(smallestFirst.slice(0, atOnce === 'one' ? 1 : Math.max(0, ...reached)));
  const batches = batchesOf(order === 'name' ? [...nodes].sort() : nodes, reached);
  const amountsIn = (batch: readonly string[]) => batch.map((name) => amounts.get(name) ?? 0);
  return Math.max(0, ...batches.map((batch) => (atOnce === 'one' ? Math.max(...amountsIn(batch)) : sum(amountsIn(batch)))));
}

function batchesOf(names: readonly string[], sizes: readonly number[]): (readonly string[])[] {
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return names.slice(end - size, end);
  });
}

/** How long after the cordon a node still may have pods that the drain removes; NEVER without a limit. */
function longestDrain(subject: CheckSubject, rolled: readonly NodeDescription[]): Duration {
  const { scenario } = subject;
  const { drain } = scenario.roll;
  if (scenario.disturbances.length > 0 || mayBeRefused(subject) || rolled.some(({ ready }) => ready !== 'True')) return NEVER;
  const isForced = drain.onTimeout === 'force' && drain.givesUp === 'atDeadline';
  return Math.min(isGuarded(subject) ? NEVER : longestExit(subject), isForced ? drain.timeout : NEVER) as Duration;
}

/** Whether a pod may forbid the drain of its node. */
function mayBeRefused({ scenario, groups }: CheckSubject): boolean {
  const { objections, pods } = scenario.roll.drain;
  const { unmanaged, emptyDir, daemonSets, orphanedDaemons } = pods;
  const isNear = groups.filter(({ place }) => place !== 'elsewhere');
  return (
    objections !== undefined ||
    (unmanaged === 'refuseDrain' && isNear.some(isBare)) ||
    (emptyDir === 'refuseDrain' && isNear.some(({ spec }) => spec.volumes.some(({ source }) => source === 'emptyDir'))) ||
    ([daemonSets, orphanedDaemons].includes('refuseDrain') && isNear.some(({ kind }) => kind === 'DaemonSet'))
  );
}

function isGuarded({ scenario: { roll, cluster }, selectedBy }: CheckSubject): boolean {
  return roll.drain.mode === 'evict' && cluster.budgets.some((budget) => selectedBy(budget).some((group) => isDrained(group, roll)));
}

/** How long pods that no budget protects may take to go; NEVER when it is not known. */
function longestExit({ scenario, groups }: CheckSubject): Duration {
  const { drain } = scenario.roll;
  const drained = groups.filter((group) => isDrained(group, scenario.roll));
  const isSlow = scenario.timing.volumes !== undefined && drained.some(({ spec }) => spec.volumes.length > 0);
  if (isSlow || drain.sequence === 'criticalLast' || (drain.mode === 'delete' && drain.givesUp === 'podByPod')) return NEVER;
  const graces = drained.map(({ spec }) => drain.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds);
  const requests = drain.client ? drained.reduce((total, { count }) => total + count, 0) / drain.client.qps : 0;
  const exit = (seconds(Math.max(0, ...graces)) + seconds(requests)) as Duration;
  return exit < drain.timeout || drain.onTimeout === 'retryForever' ? exit : NEVER;
}

/** Whether no drain fails: it ends by force, or before its time is over. */
function endsEveryDrain(subject: CheckSubject, longest: Duration): boolean {
  const { groups, scenario } = subject;
  const { drain } = scenario.roll;
  if (drain.onTimeout === 'force' && drain.givesUp === 'atDeadline' && drain.timeout !== NEVER) return true;
  const drained = groups.filter((group) => isDrained(group, scenario.roll));
  return longest < drain.timeout && !drained.some(mayHoldUp);
}

/** Pods of a Job may stay until its back-off is over, and pods that tolerate the cordon come back. */
function mayHoldUp({ kind, spec }: PodGroup): boolean {
  return kind === 'Job' || isTolerated(UNSCHEDULABLE, spec.tolerations);
}

/** Whether the roll goes on after `node` has been away, even if it has failed. */
function goesOnAfter(node: NodeDescription, { timing, roll: { failure } }: Scenario): boolean {
  const reset = timing.nodes.find(({ match }) => fitsNode(match, node))?.reset;
  const mayStayAway = (reset?.never ?? 0) > 0;
  if (failure.then === 'continue') return failure.readyTimeout !== NEVER || !mayStayAway;
  return !mayStayAway && (failure.readyTimeout === NEVER || (reset?.kind === 'constant' && reset.value <= failure.readyTimeout));
}

/** How long controllers take at most to make the pods that are gone. */
function reactionTime({ latencies }: Scenario): Duration {
  return latencies === undefined ? ZERO : seconds(10);
}
