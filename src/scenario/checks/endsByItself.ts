import type { Scenario } from '../Scenario.ts';
import { groupTiming } from './groupTiming.ts';
import type { PodGroup } from './PodGroup.ts';

/** Whether the pods of `group` are done at some time and nobody comes in their place, as `timing.pods` has it: those of most Jobs. */
export function endsByItself(group: PodGroup, scenario: Pick<Scenario, 'timing'>): boolean {
  if (group.spec.restartPolicy === 'Always') return false;
  const { complete } = groupTiming(group, scenario) ?? {};
  return complete !== undefined && (complete.never ?? 0) < 1;
}
