import { selectorMatches } from './LabelSelector.ts';
import type { PersistentVolume, PersistentVolumeClaim } from './Storage.ts';

/**
 * The one of `volumes` for `claim`: one reserved for it, otherwise the smallest free one that suits it, among those that it `mayTake`.
 * @see kubernetes/kubernetes staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume)
 */
export function volumeFor(
  claim: PersistentVolumeClaim,
  volumes: Iterable<PersistentVolume>,
  mayTake: (volume: PersistentVolume) => boolean,
): PersistentVolume | undefined {
  const key = `${claim.namespace}/${claim.name}`;
  let smallest: PersistentVolume | undefined;
  for (const volume of volumes) {
    if (!suitsClaim(volume, claim) || !mayTake(volume)) continue;
    if (volume.claimRef === key) return volume;
    const isFree = volume.claimRef === undefined && volume.phase === 'Available';
    const isSelected = !claim.selector || selectorMatches(claim.selector, volume.labels);
    if (isFree && isSelected && (!smallest || volume.capacity < smallest.capacity)) smallest = volume;
  }
  return smallest;
}

/**
 * Whether `volume` is of the class, mode, size and access modes that `claim` asks for.
 * @see kubernetes/kubernetes pkg/controller/volume/persistentvolume/pv_controller.go (checkVolumeSatisfyClaim)
 */
export function suitsClaim(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  return (
    volume.storageClassName === (claim.storageClassName ?? '') &&
    volume.volumeMode === claim.volumeMode &&
    volume.capacity >= claim.request &&
    claim.accessModes.every((mode) => volume.accessModes.includes(mode))
  );
}
