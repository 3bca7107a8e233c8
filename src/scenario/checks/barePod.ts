import { isSafeToEvict } from '../../rolls/autoscalerObjection.ts';
import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import type { DrainPlan } from '../../rolls/RollPlan.ts';
import { type Check, isSelected, severityFor } from './Check.ts';
import { isBare, type PodGroup } from './PodGroup.ts';

/** Pods without a controller: nothing recreates them after an eviction, and some drains refuse to touch them. */
export const barePod: Check = ({ scenario, groups }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  const { drain } = scenario.roll;
  return groups.filter(isBare).map((group) => {
    const isRefused = isSelected(group, drain) && refuses(drain, group);
    return {
      code: 'BARE_POD',
      severity: isRefused ? severityFor([group], scenario) : 'warning',
      object: group.object,
      message: isRefused
        ? 'no controller owns it, so the drain of its node is refused'
        : 'no controller owns it: once evicted it is gone for good',
      hint: 'put it into a Deployment or a Job',
    };
  });
};

function refuses({ mode, objections, pods }: DrainPlan, group: PodGroup): boolean {
  return mode !== 'none' && pods.unmanaged === 'refuseDrain' && !(objections === 'clusterAutoscaler' && isSafeToEvict(group));
}
