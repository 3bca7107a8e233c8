import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import type { Check } from './Check.ts';
import { isBare } from './PodGroup.ts';

/** Pods without a controller: nothing recreates them after an eviction, and some drains refuse to touch them. */
export const barePod: Check = ({ scenario, groups }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  const { mode, pods } = scenario.roll.drain;
  const refuses = mode !== 'none' && pods.unmanaged === 'refuseDrain';
  return groups.filter(isBare).map(({ object, place }) => ({
    code: 'BARE_POD',
    severity: refuses && place === 'rolled' ? 'error' : 'warning',
    object,
    message: refuses
      ? 'no controller owns it, so the drain of its node is refused'
      : 'no controller owns it: once evicted it is gone for good',
    hint: 'put it into a Deployment or a Job',
  }));
};
