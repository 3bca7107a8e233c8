import type { Node, NodeState } from '../../cluster/Node.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { CsiNode, PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment } from '../../cluster/Storage.ts';

/** What was changed of a pod, and how it was before. */
export interface PodUpdate {
  readonly pod: Pod;
  readonly before: Pick<Pod, 'labels' | 'spec'>;
}

/** What was changed of a node, and how it was before. */
export interface NodeUpdate {
  readonly node: Node;
  readonly before: NodeState;
}

/**
 * The events that can make a waiting pod worth another attempt, by the name that the scheduler's log gives them, with what they tell.
 *
 * An update that touches several aspects is several events. `Assigned`: the pod has a node. `Unschedulable`: the pod waits itself.
 * @see kubernetes/kubernetes pkg/scheduler/framework/events.go
 */
export interface ClusterEvents {
  AssignedPodAdd: { readonly pod: Pod };
  /** A pod that had a node or was nominated to one went; only pods of at most `upToPriority` hear of it. */
  AssignedPodDelete: { readonly pod: Pod; readonly upToPriority: number };
  AssignedPodUpdatePodLabel: PodUpdate;
  /** `lowered`: the resources of which it asks for less now. */
  AssignedPodUpdatePodScaleDown: { readonly pod: Pod; readonly lowered: readonly string[] };
  UnschedulablePodUpdatePodLabel: PodUpdate;
  UnschedulablePodUpdatePodScaleDown: { readonly pod: Pod; readonly lowered: readonly string[] };
  UnschedulablePodUpdatePodToleration: PodUpdate;
  UnschedulablePodUpdatePodSchedulingGatesEliminated: PodUpdate;
  NodeAdd: { readonly node: Node };
  NodeDelete: { readonly node: Node };
  NodeUpdateNodeAllocatable: NodeUpdate;
  NodeUpdateNodeLabel: NodeUpdate;
  NodeUpdateNodeTaint: NodeUpdate;
  PersistentVolumeAdd: { readonly volume: PersistentVolume };
  PersistentVolumeUpdate: { readonly volume: PersistentVolume; readonly before: PersistentVolume };
  PersistentVolumeClaimAdd: { readonly claim: PersistentVolumeClaim };
  PersistentVolumeClaimUpdate: { readonly claim: PersistentVolumeClaim };
  StorageClassAdd: { readonly storageClass: StorageClass };
  StorageClassUpdate: { readonly storageClass: StorageClass; readonly before: StorageClass };
  CSINodeAdd: { readonly csiNode: CsiNode };
  CSINodeUpdate: { readonly csiNode: CsiNode; readonly before: CsiNode };
  VolumeAttachmentDelete: { readonly attachment: VolumeAttachment };
}

export type ClusterEventName = keyof ClusterEvents;

/** One event with its name. */
export type ClusterEvent<N extends ClusterEventName = ClusterEventName> = {
  [K in N]: { readonly name: K; readonly details: ClusterEvents[K] };
}[N];
