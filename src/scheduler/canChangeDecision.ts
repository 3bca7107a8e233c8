import type { ClusterChange } from '../cluster/ClusterChange.ts';

/**
 * Whether `change` can make an attempt end differently than the one before. Wider than the requeue hints, which overlook some changes: a
 * terminating bound pod no longer counts for spreading, for example, and no hint says so.
 */
export function canChangeDecision(change: ClusterChange): boolean {
  switch (change.kind) {
    case 'podAdded':
    case 'podTerminating':
      return change.pod.nodeName !== undefined;
    case 'podNominated':
      return change.before !== undefined;
    case 'podPhaseChanged':
      return change.pod.isFinished;
    case 'podBound':
    case 'podUpdated':
    case 'podRemoved':
    case 'nodeAdded':
    case 'nodeRemoved':
    case 'storageChanged':
      return true;
    case 'nodeUpdated':
      return SCHEDULING_FIELDS.some((field) => change.node[field] !== change.before[field]);
    default:
      return false;
  }
}

const SCHEDULING_FIELDS = ['labels', 'taints', 'unschedulable', 'allocatable'] as const;
