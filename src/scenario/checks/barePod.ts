import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import { type Check, isSelected, severityFor } from './Check.ts';
import { isBare } from './PodGroup.ts';

/** Pods without a controller: nothing recreates them after an eviction, and some drains refuse to touch them. */
export const barePod: Check = ({ scenario, groups }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  const { drain } = scenario.roll;
  const mayRefuse = drain.mode !== 'none' && drain.pods.unmanaged === 'refuseDrain';
  return groups.filter(isBare).map((group) => {
    const isRefused = mayRefuse && isSelected(group, drain);
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
