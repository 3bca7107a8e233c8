import type { LabelSelector, Labels } from './LabelSelector.ts';
import type { OwnerReference } from './OwnerReference.ts';
import type { NodeSelectorTerm } from './PodSpec.ts';

export interface PersistentVolume {
  readonly name: string;
  readonly labels: Labels;
  readonly storageClassName: string;
  readonly capacity: number;
  readonly accessModes: readonly string[];
  readonly volumeMode: string;
  /** `namespace/name` of the claim it is reserved for or bound to. */
  readonly claimRef: string | undefined;
  readonly phase: string;
  /** Required node affinity: terms are or-ed; undefined: reachable from every node. */
  readonly nodeAffinity: readonly NodeSelectorTerm[] | undefined;
  /** The key of its source: `csi`, `local`, `hostPath`, `nfs`, `gcePersistentDisk` … */
  readonly source: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PersistentVolumeClaim {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly owner: OwnerReference | undefined;
  readonly storageClassName: string | undefined;
  readonly request: number;
  readonly accessModes: readonly string[];
  readonly volumeMode: string;
  readonly selector: LabelSelector | undefined;
  /** Name of the volume it is bound to. */
  readonly volumeName: string | undefined;
  readonly phase: string;
  readonly isBeingDeleted: boolean;
}

/** From what a StatefulSet makes the claim `NAME-POD` of each of its pods; no class: the default one counts. */
export type ClaimTemplate = Pick<
  PersistentVolumeClaim,
  'name' | 'storageClassName' | 'request' | 'accessModes' | 'volumeMode' | 'selector'
>;

export interface StorageClass {
  readonly name: string;
  readonly provisioner: string;
  readonly volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer';
  readonly isDefault: boolean;
  /** Terms are or-ed; empty: everywhere. */
  readonly allowedTopologies: readonly NodeSelectorTerm[];
}

export interface CsiNode {
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** By driver name: how many volumes it can attach; undefined: no limit given. */
  readonly drivers: ReadonlyMap<string, number | undefined>;
}

export interface CsiDriver {
  readonly name: string;
  /** Whether its volumes are attached to a node before they are mounted; a driver without this object needs it. */
  readonly attachRequired: boolean;
}

export interface VolumeAttachment {
  readonly name: string;
  readonly attacher: string;
  readonly nodeName: string;
  readonly persistentVolumeName: string | undefined;
  readonly attached: boolean;
}

/** The storage objects of a cluster, by name (claims by `namespace/name`). */
export interface Storage {
  readonly persistentVolumes: Map<string, PersistentVolume>;
  readonly claims: Map<string, PersistentVolumeClaim>;
  readonly storageClasses: Map<string, StorageClass>;
  readonly csiNodes: Map<string, CsiNode>;
  readonly csiDrivers: Map<string, CsiDriver>;
  readonly attachments: Map<string, VolumeAttachment>;
}

/** What is kept of one kind of storage objects. */
export type Stored<K extends keyof Storage> = Storage[K] extends Map<string, infer Value> ? Value : never;

export function emptyStorage(): Storage {
  return {
    persistentVolumes: new Map(),
    claims: new Map(),
    storageClasses: new Map(),
    csiNodes: new Map(),
    csiDrivers: new Map(),
    attachments: new Map(),
  };
}
