import type { Labels } from '../../cluster/LabelSelector.ts';
import type { PodTraits } from '../../cluster/PodClass.ts';
import type { PodSpec } from '../../cluster/PodSpec.ts';

/** Pods that have one maker and are alike: what a rule speaks about before any pod has been placed. */
export interface PodGroup {
  /** `Kind/namespace/name` of the topmost controller, `Pod/namespace/name` of a bare pod. */
  readonly object: string;
  readonly kind: string;
  /** Whether its controller is among the objects, so that it makes pods anew that are gone. */
  readonly hasMaker: boolean;
  readonly namespace: string;
  /** How many pods its maker wants when the roll begins. */
  readonly count: number;
  /** Where those of its pods are that are bound already and not about to go, a name for each pod. */
  readonly boundTo: readonly string[];
  /** The part of `boundTo` whose pods are there when the roll begins, whatever the scheduler does until then. */
  readonly staysAt: readonly string[];
  /** How many more of its pods find a node before the roll, whatever the scheduler does until then; perhaps more do. */
  readonly findsPlace: number;
  /** Whether none of its pods is known not to be Ready. */
  readonly isReady: boolean;
  readonly labels: Labels;
  readonly annotations: PodTraits['annotations'];
  readonly spec: PodSpec;
  /** Whether it is a Job that fails when it has taken too long, or a bare pod that does. */
  readonly hasDeadline: boolean;
  /** Pods of DaemonSets and static pods: drains leave them alone. */
  readonly staysOnNode: boolean;
  /** Whether one of its pods stands on a node that is rolled when the roll begins: unknown while it may go elsewhere, or nowhere. */
  readonly place: 'rolled' | 'elsewhere' | 'unknown';
}

/** Whether the maker of `group` keeps a number of replicas for ever. */
export function isReplicated({ kind }: PodGroup): boolean {
  return ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].includes(kind);
}

/** Whether it is a pod without a controller that a drain may take away for good. */
export function isBare({ kind, staysOnNode, place }: PodGroup): boolean {
  return kind === 'Pod' && !staysOnNode && place !== 'elsewhere';
}
