import type { Pod } from '../../cluster/Pod.ts';
import type { Volume } from '../../cluster/PodSpec.ts';
import { always, type RequeueHints } from './RequeueHints.ts';
import { namesClaim } from './usesClaim.ts';

/** Waits for a pod that shares a disk or a claim to go. @see pkg/scheduler/framework/plugins/volumerestrictions */
export const VolumeRestrictions: RequeueHints = {
  NodeAdd: always,
  AssignedPodDelete: ({ pod }, waiting) => pod.namespace === waiting.namespace && sharesStorage(pod, waiting),
  PersistentVolumeClaimAdd: ({ claim }, waiting) => namesClaim(waiting, claim),
};

function sharesStorage(pod: Pod, waiting: Pod): boolean {
  return waiting.spec.volumes.some((wanted) => pod.spec.volumes.some((held) => isSame(held, wanted)));
}

function isSame(held: Volume, wanted: Volume): boolean {
  if (held.source !== wanted.source) return false;
  if (held.source === 'persistentVolumeClaim') return held.claimName === wanted.claimName;
  const identity = DISK_IDENTITY[held.source];
  return identity?.some((field) => held.fields[field] !== undefined && held.fields[field] === wanted.fields[field]) ?? false;
}

/** The fields by which the disks that may not be shared are told apart. */
const DISK_IDENTITY: Readonly<Record<string, readonly string[]>> = {
  gcePersistentDisk: ['pdName'],
  awsElasticBlockStore: ['volumeID'],
  iscsi: ['iqn'],
  rbd: ['image'],
};
