import type { DisruptionBudgetDescription } from '../../cluster/DisruptionBudget.ts';
import { batchSize } from '../../rolls/batchSize.ts';
import { breakAfter } from '../../rolls/breakAfter.ts';
import { leastOf } from '../../sim/leastOf.ts';
import { type Duration, formatDuration, NEVER, ZERO } from '../../units.ts';
import type { Finding, Scenario } from '../Scenario.ts';
import { allowedAtBest } from './allowedAtBest.ts';
import { type Check, ending, isDrained } from './Check.ts';
import { endsByItself } from './endsByItself.ts';
import { groupTiming } from './groupTiming.ts';
import { leastAway } from './leastAway.ts';
import type { PodGroup } from './PodGroup.ts';

/**
 * Budgets whose pods take so long to be Ready again that the drains which wait for it run out of time.
 *
 * Adds up what passes at least between the eviction that uses a budget up and the end of the first drain that it refuses: the resets of the
 * nodes that it lets go before with the pauses after them, and the drain time. It is a warning, since pods may stand together on one node.
 * Of rolls that replace nodes it says nothing.
 */
export const recoveryOutlastsDrain: Check = ({ scenario, selectedBy }) => {
  const { drain, nodes, surge } = scenario.roll;
  if (surge || drain.mode !== 'evict' || drain.timeout === NEVER || drain.onTimeout === 'retryForever' || nodes.length < 2) return [];
  const step = leastStep(scenario);
  return scenario.cluster.budgets.flatMap((budget) => {
    const groups = selectedBy(budget).filter((group) => isDrained(group, scenario.roll) && !endsByItself(group, scenario));
    return findingFor(budget, groups, { scenario, step }) ?? [];
  });
};

interface Setting {
  readonly scenario: Scenario;
  /** The least time from the start of one node to that of the next. */
  readonly step: number;
}

function findingFor(budget: DisruptionBudgetDescription, groups: readonly PodGroup[], { scenario, step }: Setting): Finding | undefined {
  const { drain } = scenario.roll;
  const allowed = allowedAtBest(budget, groups);
  const pods = groups.reduce((sum, { count }) => sum + count, 0);
  if (allowed === 0 || pods <= allowed) return undefined;
  const recovery = Math.min(...groups.map((group) => leastRecovery(group, scenario)));
  const before = timeBefore(allowed, { scenario, step });
  const over = before + drain.timeout;
  if (!Number.isFinite(recovery) || recovery <= over) return undefined;
  const steps = before > 0 ? ` (${written(before)} until it begins, ${written(drain.timeout)} of drain)` : '';
  return {
    code: 'RECOVERY_OUTLASTS_DRAIN',
    severity: 'warning',
    object: `PodDisruptionBudget/${budget.namespace}/${budget.name}`,
    message: `a pod under it is Ready again ${written(recovery)} after it has left, and the drain that waits for that is over after ${written(over)}${steps}; then ${ending(scenario)}`,
    hint: `give drains more than ${written(recovery - before)} and the time that pods take to end (roll.drain.timeout), or more time between nodes (roll.pacing.soak)`,
  };
}

/** The least time in which batches of no more than `allowed` nodes in total pass, and the breaks after them. */
function timeBefore(allowed: number, { scenario: { roll }, step }: Setting): number {
  let time = 0;
  for (let ordinal = 0, left = allowed; left >= batchSize(roll, ordinal); ordinal += 1) {
    time += step + breakAfter(roll.pacing, ordinal);
    left -= batchSize(roll, ordinal);
  }
  return time;
}

function written(time: number): string {
  return formatDuration(time as Duration);
}

function leastStep(scenario: Scenario): number {
  const { nodes, pacing } = scenario.roll;
  const rolled = new Set(nodes);
  return (
    (pacing.soak ?? ZERO) +
    Math.min(...scenario.cluster.nodes.filter(({ name }) => rolled.has(name)).map((node) => leastAway(node, scenario)))
  );
}

/** From the binding of a pod to Ready at least; infinite for one that is never Ready, of which other rules tell. */
function leastRecovery(group: PodGroup, scenario: Scenario): number {
  const timing = groupTiming(group, scenario);
  if (!timing || timing.crashes || timing.ready.never === 1) return Number.POSITIVE_INFINITY;
  return leastOf(timing.ready) + (timing.start ? leastOf(timing.start) : 0);
}
