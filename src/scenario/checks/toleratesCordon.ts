import { isTolerated, UNSCHEDULABLE } from '../../cluster/Taint.ts';
import { formatDuration, NEVER } from '../../units.ts';
import type { Scenario } from '../Scenario.ts';
import { type Check, ending, isDrained } from './Check.ts';
import { isReplicated } from './PodGroup.ts';

/**
 * Pods that tolerate the taint of a cordoned node, where drains list their node again until it is empty: the pods that are made anew may come
 * back to it, and the drain begins again.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go (Filter)
 */
export const toleratesCordon: Check = ({ scenario, groups }) => {
  const { drain } = scenario.roll;
  if (drain.mode === 'none' || drain.listing === 'once') return [];
  return groups
    .filter((group) => isReplicated(group) && group.hasMaker && isDrained(group, scenario.roll))
    .filter(({ spec }) => isTolerated(UNSCHEDULABLE, spec.tolerations))
    .map(({ object }) => ({
      code: 'TOLERATES_CORDON',
      severity: 'warning',
      object,
      message: `its pods tolerate the taint of a cordoned node: those that come back to it are evicted again and again${until(scenario)}`,
      hint: `leave out the toleration of ${UNSCHEDULABLE.key}, or the one of every taint (operator Exists without a key)`,
    }));
};

function until(scenario: Scenario): string {
  const { drain } = scenario.roll;
  if (drain.timeout === NEVER || drain.onTimeout === 'retryForever') return ', without end';
  const end = drain.onTimeout === 'force' ? 'they are killed' : ending(scenario);
  return ` until ${end} after ${formatDuration(drain.timeout)}`;
}
