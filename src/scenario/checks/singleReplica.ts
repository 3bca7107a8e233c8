import { leavesPodsAlone } from '../../rolls/leavesPodsAlone.ts';
import type { Check } from './Check.ts';
import { isReplicated } from './PodGroup.ts';

/** Workloads of one replica. Each move of their pod is an outage, because no controller starts the new pod before the old one is gone. */
export const singleReplica: Check = ({ scenario, groups }) => {
  if (leavesPodsAlone(scenario.roll)) return [];
  return groups
    .filter((group) => isReplicated(group) && group.count === 1 && group.place !== 'elsewhere')
    .map(({ object }) => ({
      code: 'SINGLE_REPLICA',
      severity: 'warning',
      object,
      message: 'it has one replica, so it is down whenever its pod moves',
      hint: 'run two replicas during the roll, or accept the outage',
    }));
};
