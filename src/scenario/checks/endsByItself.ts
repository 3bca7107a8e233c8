import type { Labels } from '../../cluster/LabelSelector.ts';
import type { PodTimingMatch, Scenario } from '../Scenario.ts';
import type { PodGroup } from './PodGroup.ts';

/** Whether the pods of `group` are done at some time and nobody comes in their place, as `timing.pods` has it: those of most Jobs. */
export function endsByItself(group: PodGroup, { timing }: Pick<Scenario, 'timing'>): boolean {
  if (group.spec.restartPolicy === 'Always') return false;
  const { complete } = timing.pods.find(({ match }) => matchesGroup(match, group)) ?? {};
  return complete !== undefined && (complete.never ?? 0) < 1;
}

function matchesGroup({ workload, namespace, labels, annotations }: PodTimingMatch, group: PodGroup): boolean {
  const isNamed = (workload ?? group.object) === group.object && (namespace ?? group.namespace) === group.namespace;
  return isNamed && annotations === undefined && hasLabels(group.labels, labels);
}

function hasLabels(labels: Labels, wanted: Labels = {}): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
