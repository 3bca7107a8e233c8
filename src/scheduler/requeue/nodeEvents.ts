import type { ClusterEvent, NodeUpdate } from './ClusterEvent.ts';

/**
 * The events of an updated node, one per aspect that changed. Turning schedulable counts as a change of taints, turning unschedulable alone
 * as nothing. Conditions, images and annotations interest no plugin.
 * @see kubernetes/kubernetes pkg/scheduler/framework/events.go (NodeSchedulingPropertiesChange)
 */
export function nodeEvents({ node, before }: NodeUpdate): ClusterEvent[] {
  const details = { node, before };
  const events: ClusterEvent[] = [];
  if (differ(node.allocatable, before.allocatable)) events.push({ name: 'NodeUpdateNodeAllocatable', details });
  if (differ(node.labels, before.labels)) events.push({ name: 'NodeUpdateNodeLabel', details });
  const turnsSchedulable = before.unschedulable && !node.unschedulable;
  if (turnsSchedulable || differ(node.taints, before.taints)) events.push({ name: 'NodeUpdateNodeTaint', details });
  return events;
}

function differ(now: object, before: object): boolean {
  return now !== before && JSON.stringify(now) !== JSON.stringify(before);
}
