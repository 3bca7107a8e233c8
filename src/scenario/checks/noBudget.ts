import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import { formatCount } from '../../units.ts';
import type { Check } from './Check.ts';
import { isReplicated } from './PodGroup.ts';

/** Workloads of several replicas that no budget protects: one batch may evict all of their pods at once. */
export const noBudget: Check = ({ scenario, groups, selectedBy }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  const protectedGroups = new Set(scenario.cluster.budgets.flatMap(selectedBy));
  return groups
    .filter((group) => isReplicated(group) && group.count > 1 && group.place !== 'elsewhere' && !protectedGroups.has(group))
    .map(({ object, count }) => ({
      code: 'NO_BUDGET',
      severity: 'info',
      object,
      message: `no disruption budget: all ${formatCount(count)} pods may be evicted at once`,
      hint: 'add a PodDisruptionBudget with maxUnavailable: 1',
    }));
};
