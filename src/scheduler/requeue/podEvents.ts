import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { KubernetesVersion } from '../../cluster/KubernetesVersion.ts';
import type { Pod } from '../../cluster/Pod.ts';
import { podRequests } from '../../cluster/podRequests.ts';
import type { ClusterEvent, PodUpdate } from './ClusterEvent.ts';
import { requestedAmounts } from './requestedAmounts.ts';

type PodChange = Extract<
  ClusterChange,
  { readonly kind: 'podAdded' | 'podBound' | 'podRemoved' | 'podNominated' | 'podPhaseChanged' | 'podUpdated' }
>;

/**
 * The events of a changed pod. For the scheduler a finished pod is gone and a terminating one still exists. A pod that loses its nomination
 * counts as deleted from that node, for pods of at most its priority.
 * @see kubernetes/kubernetes pkg/scheduler/eventhandlers.go, pkg/scheduler/framework/events.go (PodSchedulingPropertiesChange)
 */
export function podEvents(change: PodChange, version: KubernetesVersion): ClusterEvent[] {
  const { pod } = change;
  switch (change.kind) {
    case 'podAdded':
    case 'podBound':
      return pod.nodeName === undefined || pod.isFinished ? [] : [{ name: 'AssignedPodAdd', details: { pod } }];
    case 'podPhaseChanged':
      return pod.isFinished ? deletionOf(pod) : [];
    case 'podRemoved':
      return pod.isFinished ? [] : deletionOf(pod);
    case 'podNominated':
      return change.before === undefined || pod.nodeName !== undefined ? [] : [lostNomination(pod)];
    case 'podUpdated':
      return pod.isFinished ? [] : updateEvents(change, version);
  }
}

function deletionOf(pod: Pod): ClusterEvent[] {
  if (pod.nodeName !== undefined) return [{ name: 'AssignedPodDelete', details: { pod, upToPriority: Number.POSITIVE_INFINITY } }];
  return pod.nominatedNodeName === undefined ? [] : [lostNomination(pod)];
}

function lostNomination(pod: Pod): ClusterEvent {
  return { name: 'AssignedPodDelete', details: { pod, upToPriority: pod.spec.priority } };
}

function updateEvents({ pod, before }: PodUpdate, version: KubernetesVersion): ClusterEvent[] {
  const details = { pod, before };
  const isAssigned = pod.nodeName !== undefined;
  const events: ClusterEvent[] = [];
  if (JSON.stringify(pod.labels) !== JSON.stringify(before.labels)) {
    events.push({ name: isAssigned ? 'AssignedPodUpdatePodLabel' : 'UnschedulablePodUpdatePodLabel', details });
  }
  if (pod.spec === before.spec) return events;
  const lowered = loweredResources(details, version);
  if (lowered.length > 0) {
    events.push({
      name: isAssigned ? 'AssignedPodUpdatePodScaleDown' : 'UnschedulablePodUpdatePodScaleDown',
      details: { pod, lowered },
    });
  }
  if (!isAssigned) events.push(...ownUpdateEvents(details));
  return events;
}

function ownUpdateEvents(details: PodUpdate): ClusterEvent[] {
  const { spec } = details.pod;
  const earlier = details.before.spec;
  const events: ClusterEvent[] = [];
  if (spec.schedulingGates.length === 0 && earlier.schedulingGates.length > 0) {
    events.push({ name: 'UnschedulablePodUpdatePodSchedulingGatesEliminated', details });
  }
  if (spec.tolerations.length !== earlier.tolerations.length) events.push({ name: 'UnschedulablePodUpdatePodToleration', details });
  return events;
}

function loweredResources({ pod, before }: PodUpdate, version: KubernetesVersion): string[] {
  const now = requestedAmounts(podRequests(pod.spec, version));
  const earlier = requestedAmounts(podRequests(before.spec, version));
  return [...earlier].filter(([name, amount]) => (now.get(name) ?? 0) < amount).map(([name]) => name);
}
