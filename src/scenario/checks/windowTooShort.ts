import { batchSizes } from '../../rolls/batchSizes.ts';
import { breakAfter } from '../../rolls/breakAfter.ts';
import type { Pacing, RollPlan } from '../../rolls/RollPlan.ts';
import { type Duration, formatCount, formatDuration, milliseconds, ZERO } from '../../units.ts';
import type { Finding, Objective, Scenario } from '../Scenario.ts';
import type { Check } from './Check.ts';
import { leastAway } from './leastAway.ts';

/**
 * Objectives on time that not even the luckiest roll of all nodes can keep.
 *
 * The lower bound assumes that every reset is as short as it can be and that drains take no time. Nodes that a disturbance deletes are not
 * counted. A roll that fails and stops before all nodes had their turn may be over sooner. Of one that replaces
 * nodes it says nothing.
 */
export const windowTooShort: Check = ({ scenario }) => {
  const limited = scenario.objectives.flatMap((objective) => limitOf(objective, scenario) ?? []);
  if (limited.length === 0 || scenario.roll.surge) return [];
  const least = leastDuration(scenario);
  return limited
    .filter(({ limit }) => least > limit)
    .map(({ name, limit }): Finding => {
      const { roll } = scenario;
      return {
        code: 'WINDOW_TOO_SHORT',
        severity: 'error',
        object: `Objective/${name}`,
        message: `${formatCount(roll.nodes.length)} nodes with maxUnavailable ${roll.maxUnavailable} take at least ${formatDuration(least)}, and the roll has ${formatDuration(limit)}`,
        hint: `allow ${formatDuration(least)} and what the drains take, raise maxUnavailable, or roll fewer nodes in one go`,
      };
    });
};

function limitOf({ name, goal }: Objective, { start }: Scenario): { readonly name: string; readonly limit: Duration } | undefined {
  if (goal.kind === 'maxDuration') return { name, limit: goal.limit };
  return goal.kind === 'endBefore' ? { name, limit: milliseconds(goal.limit.epochMilliseconds - start.epochMilliseconds) } : undefined;
}

function leastDuration(scenario: Scenario): Duration {
  const { roll, cluster, disturbances } = scenario;
  const deleted = new Set(disturbances.flatMap((each) => (each.kind === 'deleteNode' ? [each.node] : [])));
  const byName = new Map(cluster.nodes.map((node) => [node.name, node]));
  const names = roll.nodes.filter((name) => !deleted.has(name));
  const times = new Map(names.map((name) => [name, leastAway(byName.get(name), scenario)]));
  return (deleted.size > 0 ? leastInAnyOrder([...times.values()], roll) : leastInOrder(times, roll)) as Duration;
}

/** A batch takes as long as its longest node; a window can at best keep all of its places busy all the time. */
function leastInOrder(times: ReadonlyMap<string, number>, roll: RollPlan): number {
  const isListed = roll.order === 'listing' || roll.order === 'name';
  if (roll.pacing.kind === 'window' || !isListed) return leastInAnyOrder([...times.values()], roll);
  const names = roll.order === 'name' ? [...times.keys()].sort() : [...times.keys()];
  return leastInBatches(
    names.map((name) => times.get(name) ?? 0),
    roll,
  );
}

/** The least over all orders: the nodes that take longest together in the largest batch, and so on. */
function leastInAnyOrder(times: readonly number[], roll: RollPlan): number {
  const longestFirst = [...times].sort((a, b) => b - a);
  const { pacing, maxUnavailable } = roll;
  if (pacing.kind !== 'window') {
    const sizes = batchSizes(roll, times.length);
    return (
      sumOfLongest(
        longestFirst,
        sizes.toSorted((a, b) => b - a),
      ) + leastBreaks(pacing, sizes.length)
    );
  }
  const soaks = Math.max(0, times.length - maxUnavailable) * (pacing.soak ?? ZERO);
  return Math.max(longestFirst[0] ?? 0, (times.reduce((sum, time) => sum + time, 0) + soaks) / maxUnavailable);
}

function leastInBatches(times: readonly number[], roll: RollPlan): number {
  const sizes = batchSizes(roll, times.length);
  return sumOfLongest(times, sizes) + leastBreaks(roll.pacing, sizes.length);
}

/** Of each batch of `sizes` in a row the longest time, added up. */
function sumOfLongest(times: readonly number[], sizes: readonly number[]): number {
  let [sum, from] = [0, 0];
  for (const size of sizes) {
    sum += Math.max(...times.slice(from, from + size));
    from += size;
  }
  return sum;
}

/** Each batch but the last keeps the next one waiting for as long as its nodes soak and the roll rests. */
function leastBreaks(pacing: Pacing, batches: number): number {
  const { soak = ZERO } = pacing;
  let sum = 0;
  for (let ordinal = 0; ordinal < batches - 1; ordinal += 1) sum += soak + breakAfter(pacing, ordinal);
  return sum;
}
