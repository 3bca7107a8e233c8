import type { Pod } from './Pod.ts';
import type { PersistentVolume, PersistentVolumeClaim, Storage } from './Storage.ts';

/** Keys (`namespace/name`) of the claims behind the volumes of `pod`; an ephemeral volume's claim is called `POD-VOLUME`. */
export function claimKeysOf({ namespace, name, spec }: Pick<Pod, 'namespace' | 'name' | 'spec'>): string[] {
  return spec.volumes.flatMap((volume) => {
    const claimName = volume.source === 'ephemeral' ? `${name}-${volume.name}` : volume.claimName;
    return claimName === undefined ? [] : [`${namespace}/${claimName}`];
  });
}

/** Whether the volume controller has bound `claim` for good. */
export function isBound({ volumeName, phase }: PersistentVolumeClaim): boolean {
  return volumeName !== undefined && phase === 'Bound';
}

/** The volumes of `pod` that are attached to its node before they are mounted; those with an unbound claim are left out. */
export function attachableVolumesOf(storage: Storage, pod: Pick<Pod, 'namespace' | 'name' | 'spec'>): PersistentVolume[] {
  return claimKeysOf(pod).flatMap((key) => {
    const claim = storage.claims.get(key);
    const volume = claim && isBound(claim) ? storage.persistentVolumes.get(claim.volumeName ?? '') : undefined;
    return volume && isAttachable(storage, volume) ? [volume] : [];
  });
}

/** Whether `volume` is attached to a node before it is mounted: a cloud disk, or a CSI volume whose driver does not opt out. */
export function isAttachable({ csiDrivers }: Pick<Storage, 'csiDrivers'>, volume: PersistentVolume): boolean {
  if (volume.source !== 'csi') return CLOUD_DISKS.includes(volume.source);
  return csiDrivers.get(driverOf(volume))?.attachRequired ?? true;
}

const CLOUD_DISKS = ['awsElasticBlockStore', 'azureDisk', 'cinder', 'gcePersistentDisk', 'vsphereVolume'];

/** The driver that serves `volume`: of a CSI volume its name, otherwise the kind of its source. */
export function driverOf({ source, fields }: PersistentVolume): string {
  return typeof fields.driver === 'string' ? fields.driver : source;
}

/**
 * Whether `volume` may be attached to one node only.
 * @see kubernetes/kubernetes pkg/controller/volume/attachdetach/util/util.go (IsMultiAttachAllowed)
 */
export function isExclusive({ accessModes }: PersistentVolume): boolean {
  return accessModes.length > 0 && !accessModes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}
