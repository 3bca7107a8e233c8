import type { PersistentVolume } from '../../cluster/Storage.ts';
import { always, type RequeueHints } from './RequeueHints.ts';
import { namesClaim } from './usesClaim.ts';

/** Waits for its claims, and for volumes and nodes in another zone. @see pkg/scheduler/framework/plugins/volumezone/volume_zone.go */
export const VolumeZone: RequeueHints = {
  StorageClassAdd: ({ storageClass }) => storageClass.volumeBindingMode === 'WaitForFirstConsumer',
  NodeAdd: always,
  NodeUpdateNodeLabel: always,
  PersistentVolumeClaimAdd: ({ claim }, waiting) => namesClaim(waiting, claim),
  PersistentVolumeClaimUpdate: ({ claim }, waiting) => namesClaim(waiting, claim),
  PersistentVolumeAdd: always,
  PersistentVolumeUpdate: ({ volume, before }) => zonesDiffer(volume, before),
};

function zonesDiffer(volume: PersistentVolume, before: PersistentVolume): boolean {
  return ZONE_LABELS.some((label) => volume.labels[label] !== before.labels[label]);
}

const ZONE_LABELS = [
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
];
