import type { ClusterChange } from '../../cluster/ClusterChange.ts';
import type { Storage } from '../../cluster/Storage.ts';
import type { ClusterEvent } from './ClusterEvent.ts';

type StorageChange = Extract<ClusterChange, { readonly kind: 'storageChanged' }>;

/** Translates changes of storage objects into the scheduler's events. Remembers the last state of each object, as an informer does. */
export class StorageEvents {
  private readonly storage: Storage;
  private readonly seen: Storage;

  constructor(storage: Storage) {
    this.storage = storage;
    this.seen = {
      persistentVolumes: new Map(storage.persistentVolumes),
      claims: new Map(storage.claims),
      storageClasses: new Map(storage.storageClasses),
      csiNodes: new Map(storage.csiNodes),
      csiDrivers: new Map(storage.csiDrivers),
      attachments: new Map(storage.attachments),
    };
  }

  /** The event that `change` is, if any; deletions matter for attachments only. */
  eventsOf({ object, name }: StorageChange): readonly ClusterEvent[] {
    switch (object) {
      case 'persistentVolumes':
        return this.volumeEvents(name);
      case 'claims':
        return this.claimEvents(name);
      case 'storageClasses':
        return this.storageClassEvents(name);
      case 'csiNodes':
        return this.csiNodeEvents(name);
      case 'csiDrivers':
        return [];
      case 'attachments':
        return this.attachmentEvents(name);
    }
  }

  private volumeEvents(name: string): readonly ClusterEvent[] {
    const { before, now: volume } = exchange(this.seen.persistentVolumes, this.storage.persistentVolumes, name);
    if (!volume) return [];
    if (!before) return [{ name: 'PersistentVolumeAdd', details: { volume } }];
    return [{ name: 'PersistentVolumeUpdate', details: { volume, before } }];
  }

  private claimEvents(name: string): readonly ClusterEvent[] {
    const { before, now: claim } = exchange(this.seen.claims, this.storage.claims, name);
    return claim ? [{ name: before ? 'PersistentVolumeClaimUpdate' : 'PersistentVolumeClaimAdd', details: { claim } }] : [];
  }

  private storageClassEvents(name: string): readonly ClusterEvent[] {
    const { before, now: storageClass } = exchange(this.seen.storageClasses, this.storage.storageClasses, name);
    if (!storageClass) return [];
    if (!before) return [{ name: 'StorageClassAdd', details: { storageClass } }];
    return [{ name: 'StorageClassUpdate', details: { storageClass, before } }];
  }

  private csiNodeEvents(name: string): readonly ClusterEvent[] {
    const { before, now: csiNode } = exchange(this.seen.csiNodes, this.storage.csiNodes, name);
    if (!csiNode) return [];
    if (!before) return [{ name: 'CSINodeAdd', details: { csiNode } }];
    return [{ name: 'CSINodeUpdate', details: { csiNode, before } }];
  }

  private attachmentEvents(name: string): readonly ClusterEvent[] {
    const { before, now } = exchange(this.seen.attachments, this.storage.attachments, name);
    return before && !now ? [{ name: 'VolumeAttachmentDelete', details: { attachment: before } }] : [];
  }
}

/** What was last seen under `name` and what is there now, which is remembered. */
function exchange<T>(seen: Map<string, T>, present: ReadonlyMap<string, T>, name: string): { before: T | undefined; now: T | undefined } {
  const before = seen.get(name);
  const now = present.get(name);
  if (now === undefined) seen.delete(name);
  else seen.set(name, now);
  return { before, now };
}
