import type { CsiNode } from '../../cluster/Storage.ts';
import { always, type RequeueHints } from './RequeueHints.ts';
import { usesClaim } from './usesClaim.ts';

/** Waits for a node that can attach more volumes. @see pkg/scheduler/framework/plugins/nodevolumelimits/csi.go */
export const NodeVolumeLimits: RequeueHints = {
  CSINodeAdd: always,
  CSINodeUpdate: ({ csiNode, before }) => canAttachMore(csiNode, before),
  AssignedPodDelete: ({ pod }, _waiting, demands) => demands.of(pod).claims.length > 0,
  PersistentVolumeClaimAdd: ({ claim }, waiting, demands) => usesClaim(waiting, claim, demands),
  VolumeAttachmentDelete: (_deleted, waiting) => waiting.spec.volumes.some(({ source }) => source === 'persistentVolumeClaim'),
};

function canAttachMore(csiNode: CsiNode, before: CsiNode): boolean {
  return [...csiNode.drivers].some(([driver, limit]) => {
    const earlier = before.drivers.get(driver);
    return limit !== undefined && earlier !== undefined && limit > earlier;
  });
}
