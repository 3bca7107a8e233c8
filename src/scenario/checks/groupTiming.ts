import { fitsPod } from '../fitsPod.ts';
import type { PodTiming, PodTimingMatch, Scenario } from '../Scenario.ts';
import type { PodGroup } from './PodGroup.ts';

/** The entry of `timing.pods` that counts for `group`; entries that go by annotations, in which its pods may differ, count for none. */
export function groupTiming(group: PodGroup, { timing }: Pick<Scenario, 'timing'>): PodTiming | undefined {
  return timing.pods.find(({ match }) => matchesGroup(match, group));
}

function matchesGroup({ workload, annotations, ...match }: PodTimingMatch, group: PodGroup): boolean {
  return (workload ?? group.object) === group.object && annotations === undefined && fitsPod(match, group);
}
