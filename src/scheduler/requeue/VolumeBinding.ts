import { always, type RequeueHints } from './RequeueHints.ts';
import { usesClaim } from './usesClaim.ts';

/** Waits for its claims, for volumes and for nodes in their reach. @see pkg/scheduler/framework/plugins/volumebinding/volume_binding.go */
export const VolumeBinding: RequeueHints = {
  StorageClassAdd: always,
  StorageClassUpdate: ({ storageClass, before }) =>
    JSON.stringify(storageClass.allowedTopologies) !== JSON.stringify(before.allowedTopologies),
  PersistentVolumeClaimAdd: ({ claim }, waiting, demands) => usesClaim(waiting, claim, demands),
  PersistentVolumeClaimUpdate: ({ claim }, waiting, demands) => usesClaim(waiting, claim, demands),
  PersistentVolumeAdd: always,
  PersistentVolumeUpdate: always,
  NodeAdd: always,
  NodeUpdateNodeLabel: always,
  CSINodeAdd: always,
  CSINodeUpdate: ({ csiNode, before }) => csiNode.annotations[MIGRATED_PLUGINS] !== before.annotations[MIGRATED_PLUGINS],
};

const MIGRATED_PLUGINS = 'storage.alpha.kubernetes.io/migrated-plugins';
