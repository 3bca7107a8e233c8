import { z } from 'zod';
import type { CsiDriver, CsiNode, PersistentVolume, PersistentVolumeClaim, StorageClass, VolumeAttachment } from '../../cluster/Storage.ts';
import { labelSelector, nodeSelectorTerm } from './labelSelector.ts';
import { type Metadata, metadata } from './metadata.ts';
import { quantity } from './quantity.ts';
import type { ReadContext } from './ReadContext.ts';
import { type ReadResult, readWith } from './readWith.ts';

const text = z.string().nullish();
const modes = z.array(z.string()).nullish();

/** Fields of a PersistentVolume's spec that are not its source. */
const volumeFields = {
  capacity: z.object({ storage: quantity }).nullish(),
  accessModes: modes,
  claimRef: z.object({ namespace: text, name: z.string() }).nullish(),
  storageClassName: text,
  volumeMode: text,
  nodeAffinity: z.object({ required: z.object({ nodeSelectorTerms: z.array(nodeSelectorTerm) }).nullish() }).nullish(),
  persistentVolumeReclaimPolicy: z.unknown().optional(),
  mountOptions: z.unknown().optional(),
  volumeAttributesClassName: z.unknown().optional(),
};

const persistentVolume = z.object({
  metadata,
  spec: z.looseObject(volumeFields),
  status: z.object({ phase: text }).nullish(),
});

/** Reads a PersistentVolume. Its source is the key of its spec that is no common field. */
export function readPersistentVolume(value: unknown, _context: ReadContext): ReadResult<PersistentVolume> {
  return readWith(persistentVolume, value, ({ metadata: meta, spec, status }) => {
    const source = Object.keys(spec).find((key) => !(key in volumeFields)) ?? '';
    const { claimRef } = spec;
    return {
      name: meta.name,
      labels: meta.labels,
      storageClassName: spec.storageClassName ?? meta.annotations[OLD_CLASS] ?? '',
      capacity: spec.capacity?.storage ?? 0,
      accessModes: spec.accessModes ?? [],
      volumeMode: spec.volumeMode || 'Filesystem',
      claimRef: claimRef ? `${claimRef.namespace || 'default'}/${claimRef.name}` : undefined,
      phase: status?.phase || (claimRef ? 'Bound' : 'Available'),
      nodeAffinity: spec.nodeAffinity?.required?.nodeSelectorTerms,
      source,
      fields: z.record(z.string(), z.unknown()).catch({}).parse(spec[source]),
    };
  });
}

const OLD_CLASS = 'volume.beta.kubernetes.io/storage-class';

const claim = z.object({
  metadata,
  spec: z.object({
    storageClassName: text,
    accessModes: modes,
    volumeMode: text,
    volumeName: text,
    selector: labelSelector.nullish(),
    resources: z.object({ requests: z.object({ storage: quantity.nullish() }).nullish() }).nullish(),
  }),
  status: z.object({ phase: text }).nullish(),
});

const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';

/** Reads a PersistentVolumeClaim. */
export function readPersistentVolumeClaim(value: unknown, _context: ReadContext): ReadResult<PersistentVolumeClaim> {
  return readWith(claim, value, ({ metadata: meta, spec, status }) => ({
    namespace: meta.namespace,
    name: meta.name,
    labels: meta.labels,
    annotations: meta.annotations,
    owner: meta.owner,
    storageClassName: spec.storageClassName ?? meta.annotations[OLD_CLASS],
    request: spec.resources?.requests?.storage ?? 0,
    accessModes: spec.accessModes ?? [],
    volumeMode: spec.volumeMode || 'Filesystem',
    selector: spec.selector ?? undefined,
    volumeName: spec.volumeName || undefined,
    phase: claimPhase(status?.phase, spec.volumeName, meta.annotations),
    isBeingDeleted: Boolean(meta.deletionTimestamp),
  }));
}

/**
 * The phase of a claim that names `volumeName`; without a status it counts as bound when it names one. The scheduler goes by the annotation,
 * which the volume controller writes before the phase, so one that has it is bound whatever its phase says; one whose phase says Bound has
 * had it.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumebinding/binder.go (isPVCFullyBound)
 */
function claimPhase(given: string | null | undefined, volumeName: string | null | undefined, annotations: Metadata['annotations']): string {
  if (!given) return volumeName ? 'Bound' : 'Pending';
  return given === 'Pending' && volumeName && annotations[BIND_COMPLETED] !== undefined ? 'Bound' : given;
}

const topologyTerm = z.object({ matchLabelExpressions: z.array(z.object({ key: z.string(), values: z.array(z.string()) })).nullish() });

const storageClass = z.object({
  metadata,
  provisioner: z.string(),
  volumeBindingMode: z.enum(['Immediate', 'WaitForFirstConsumer']).nullish(),
  allowedTopologies: z.array(topologyTerm).nullish(),
});

/** Reads a StorageClass; volumes are bound at once unless it waits for a first consumer. An annotation makes it the default. */
export function readStorageClass(value: unknown, _context: ReadContext): ReadResult<StorageClass> {
  return readWith(storageClass, value, (given) => ({
    name: given.metadata.name,
    provisioner: given.provisioner,
    volumeBindingMode: given.volumeBindingMode ?? 'Immediate',
    isDefault: DEFAULT_CLASS.some((annotation) => given.metadata.annotations[annotation] === 'true'),
    allowedTopologies: (given.allowedTopologies ?? []).map(({ matchLabelExpressions }) => ({
      matchExpressions: (matchLabelExpressions ?? []).map(({ key, values }) => ({ key, operator: 'In' as const, values })),
      matchFields: [],
    })),
  }));
}

const DEFAULT_CLASS = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];

const csiDriver = z.object({ name: z.string(), allocatable: z.object({ count: z.number().int().nonnegative().nullish() }).nullish() });
const csiNode = z.object({ metadata, spec: z.object({ drivers: z.array(csiDriver).nullish() }) });

/** Reads a CSINode: how many volumes each driver can attach; a driver that names no number has no limit. */
export function readCsiNode(value: unknown, _context: ReadContext): ReadResult<CsiNode> {
  return readWith(csiNode, value, ({ metadata: meta, spec }) => ({
    name: meta.name,
    annotations: meta.annotations,
    drivers: new Map((spec.drivers ?? []).map(({ name, allocatable }) => [name, allocatable?.count ?? undefined])),
  }));
}

const driver = z.object({ metadata, spec: z.object({ attachRequired: z.boolean().nullish() }).nullish() });

/** Reads a CSIDriver; what it does not say is as the API server fills it in. */
export function readCsiDriver(value: unknown, _context: ReadContext): ReadResult<CsiDriver> {
  return readWith(driver, value, ({ metadata: { name }, spec }) => ({ name, attachRequired: spec?.attachRequired ?? true }));
}

const attachment = z.object({
  metadata,
  spec: z.object({ attacher: z.string(), nodeName: z.string(), source: z.object({ persistentVolumeName: text }) }),
  status: z.object({ attached: z.boolean().nullish() }).nullish(),
});

/** Reads a VolumeAttachment; without a status it is not attached yet. */
export function readVolumeAttachment(value: unknown, _context: ReadContext): ReadResult<VolumeAttachment> {
  return readWith(attachment, value, ({ metadata: { name }, spec, status }) => ({
    name,
    attacher: spec.attacher,
    nodeName: spec.nodeName,
    persistentVolumeName: spec.source.persistentVolumeName || undefined,
    attached: status?.attached ?? false,
  }));
}
