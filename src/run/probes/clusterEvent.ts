import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Node } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { EventRow } from '../EventColumns.ts';
import type { EventObject } from './EventRecorder.ts';

/** What happened, to which object; without detail where there is no more to say. */
export type ClusterEvent = readonly [kind: string, object: EventObject, detail?: EventRow['detail']];

/** The event that the log of a run has for `change`; undefined for one that it leaves out. */
export function clusterEvent(change: ClusterChange): ClusterEvent | undefined {
  switch (change.kind) {
    case 'podAdded':
      return ['podCreated', aboutPod(change.pod)];
    case 'podBound':
      return ['podBound', aboutPod(change.pod), { node: change.node.name }];
    case 'podReadyChanged':
      return [change.pod.ready ? 'podReady' : 'podNotReady', aboutPod(change.pod)];
    case 'podTerminating':
      return ['podTerminating', aboutPod(change.pod), { cause: change.pod.termination?.cause ?? 'Delete' }];
    case 'podRemoved':
      return ['podGone', aboutPod(change.pod), change.pod.nodeName === undefined ? {} : { node: change.pod.nodeName }];
    case 'podNominated':
      return ['podNominated', aboutPod(change.pod), { node: change.pod.nominatedNodeName ?? '' }];
    case 'nodeUpdated':
      return describeNode(change);
    case 'nodeAdded':
      return ['nodeCreated', aboutNode(change.node)];
    case 'nodeRemoved':
      return ['nodeDeleted', aboutNode(change.node)];
    case 'budgetStatusChanged':
    case 'budgetCharged': {
      const { currentHealthy, desiredHealthy, disruptionsAllowed } = change.budget.status;
      const object = { kind: 'PodDisruptionBudget', name: change.budget.key };
      return ['budget', object, { currentHealthy, desiredHealthy, disruptionsAllowed }];
    }
    case 'eventRecorded':
      return ['event', aboutNamed(change.object), { reason: change.reason, message: change.message }];
    case 'nodeVolumesChanged':
      return ['nodeVolumes', aboutNode(change.node), volumesOf(change.node)];
    default:
      return undefined;
  }
}

/** A pod as the subject of an event. */
export function aboutPod({ key }: Pod): EventObject {
  return { kind: 'Pod', name: key };
}

function aboutNode({ name }: Node): EventObject {
  return { kind: 'Node', name };
}

/** The object that `Kind/name` or `Kind/namespace/name` names. */
function aboutNamed(object: string): EventObject {
  const slash = object.indexOf('/');
  return { kind: object.slice(0, slash), name: object.slice(slash + 1) };
}

function volumesOf({ volumesAttached, volumesInUse }: Node): EventRow['detail'] {
  return { attached: [...volumesAttached].join(','), inUse: [...volumesInUse].join(',') };
}

function describeNode({ node, before }: Extract<ClusterChange, { kind: 'nodeUpdated' }>): ClusterEvent | undefined {
  const object = aboutNode(node);
  if (node.unschedulable !== before.unschedulable) return [node.unschedulable ? 'cordoned' : 'uncordoned', object];
  if (node.ready !== before.ready) return [node.ready === 'True' ? 'nodeReady' : 'nodeNotReady', object, { ready: node.ready }];
  if (node.taints !== before.taints)
    return ['nodeTaints', object, { taints: node.taints.map(({ key, effect }) => `${key}:${effect}`).join(',') }];
  return undefined;
}
