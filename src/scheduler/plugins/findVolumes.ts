import { selectorMatches } from '../../cluster/LabelSelector.ts';
import type { Node } from '../../cluster/Node.ts';
import { anyTermMatches } from '../../cluster/nodeAffinity.ts';
import type { PersistentVolume, PersistentVolumeClaim, Storage } from '../../cluster/Storage.ts';

/**
 * Whether every claim of `claims`, all waiting for their first consumer, could be bound on `node`: to a free volume, the smallest that
 * will do, or by provisioning one there.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumebinding/binder.go (FindPodVolumes)
 */
export function canBindOn(node: Node, claims: readonly PersistentVolumeClaim[], storage: Storage): boolean {
  const taken = new Set<PersistentVolume>();
  return [...claims]
    .sort((a, b) => a.request - b.request)
    .every((claim) => {
      const selected = claim.annotations[SELECTED_NODE];
      if (selected !== undefined) return selected === node.name && canProvisionOn(node, claim, storage);
      const volume = findVolume(node, claim, storage, taken);
      if (!volume) return canProvisionOn(node, claim, storage);
      taken.add(volume);
      return true;
    });
}

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/**
 * The volume for `claim` on `node`: one reserved for it, otherwise the smallest free one that fits.
 * @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume)
 */
export function findVolume(
  node: Node,
  claim: PersistentVolumeClaim,
  { persistentVolumes }: Pick<Storage, 'persistentVolumes'>,
  taken: ReadonlySet<PersistentVolume>,
): PersistentVolume | undefined {
  const key = `${claim.namespace}/${claim.name}`;
  let smallest: PersistentVolume | undefined;
  for (const volume of persistentVolumes.values()) {
    if (taken.has(volume) || !suits(volume, claim) || (volume.nodeAffinity && !anyTermMatches(volume.nodeAffinity, node))) continue;
    if (volume.claimRef === key) return volume;
    const isFree = volume.claimRef === undefined && volume.phase === 'Available';
    const isSelected = !claim.selector || selectorMatches(claim.selector, volume.labels);
    if (isFree && isSelected && (!smallest || volume.capacity < smallest.capacity)) smallest = volume;
  }
  return smallest;
}

function suits(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (
    volume.storageClassName === (claim.storageClassName ?? '') &&
    volume.volumeMode === claim.volumeMode &&
    volume.capacity >= claim.request &&
    claim.accessModes.every((mode) => volume.accessModes.includes(mode))
  );
}

function canProvisionOn(node: Node, claim: PersistentVolumeClaim, { storageClasses }: Storage): boolean {
  const storageClass = storageClasses.get(claim.storageClassName ?? '');
  if (!storageClass || storageClass.provisioner === '' || storageClass.provisioner === NO_PROVISIONER) return false;
  return storageClass.allowedTopologies.length === 0 || anyTermMatches(storageClass.allowedTopologies, node);
}
