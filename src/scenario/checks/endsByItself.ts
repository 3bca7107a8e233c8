import type { Scenario } from '../Scenario.ts';
import { groupTiming } from './groupTiming.ts';
import type { PodGroup } from './PodGroup.ts';

/** Whether the pods of `group` end at some time and are not replaced, according to `timing.pods` or to a deadline, theirs or of their Job. */
export function endsByItself(group: PodGroup, scenario: Pick<Scenario, 'timing'>): boolean {
  if (group.hasDeadline) return true;
  if (group.spec.restartPolicy === 'Always') return false;
  const { complete } = groupTiming(group, scenario) ?? {};
  return complete !== undefined && (complete.never ?? 0) < 1;
}
