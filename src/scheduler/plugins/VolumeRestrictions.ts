import type { Pod } from '../../cluster/Pod.ts';
import type { Volume } from '../../cluster/PodSpec.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { unresolvable, unschedulable } from '../NodeVerdict.ts';
import { type FilterPlugin, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes where a disk of the pod is in use in a way that excludes it, and every node while a single-pod claim is in use.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumerestrictions/volume_restrictions.go
 */
export const VolumeRestrictions: FilterPlugin = {
  name: 'VolumeRestrictions',
  prepareFilter(pod, context) {
    const { claims } = context.cluster.storage;
    const missing = claimNames(pod).find((name) => !claims.has(`${pod.namespace}/${name}`));
    if (missing !== undefined) return { kind: 'refuse', refusal: unresolvable(`persistentvolumeclaim "${missing}" not found`) };
    const disks = pod.spec.volumes.filter(isExclusive);
    const exclusive = exclusiveClaims(pod, context);
    const inUse = { count: 0 };
    for (const claim of exclusive) inUse.count += context.snapshot.usesOfClaim(claim) > 0 ? 1 : 0;
    if (disks.length === 0 && inUse.count === 0) return SKIP;
    const recount = (other: Pod, change: 1 | -1) => {
      for (const claim of context.demands.of(other).claims) if (exclusive.has(claim)) inUse.count += change;
    };
    return {
      kind: 'filter',
      filter: {
        check(node) {
          if (disks.some((disk) => isTaken(disk, node))) return NO_DISK;
          return inUse.count > 0 ? IN_USE : undefined;
        },
        addPod: (other) => recount(other, 1),
        removePod: (other) => recount(other, -1),
      },
    };
  },
};

const NO_DISK = unschedulable('node(s) had no available disk');
const IN_USE = unschedulable(
  'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
);

/** Names of the claims that the pod's volumes name; those of ephemeral volumes are left out here. */
function claimNames(pod: Pod): readonly string[] {
  return pod.spec.volumes.flatMap(({ source, claimName }) =>
    source === 'persistentVolumeClaim' && claimName !== undefined ? [claimName] : [],
  );
}

function exclusiveClaims(pod: Pod, { cluster }: CycleContext): ReadonlySet<string> {
  const keys = claimNames(pod).map((name) => `${pod.namespace}/${name}`);
  return new Set(keys.filter((key) => cluster.storage.claims.get(key)?.accessModes.includes('ReadWriteOncePod')));
}

type DisksConflict = (a: Volume, b: Volume) => boolean;

/** For each source that can exclude others: whether two volumes are the same disk, used in conflicting ways. */
const CONFLICTS: Readonly<Record<string, DisksConflict>> = {
  gcePersistentDisk: (a, b) => isSame(a, b, 'pdName') && !isShared(a, b),
  awsElasticBlockStore: (a, b) => isSame(a, b, 'volumeID'),
  iscsi: (a, b) => isSame(a, b, 'iqn') && !isShared(a, b),
  rbd: (a, b) => haveCommonMonitor(a, b) && poolOf(a) === poolOf(b) && isSame(a, b, 'image') && !isShared(a, b),
};

function isExclusive({ source }: Volume): boolean {
  return source in CONFLICTS;
}

function isTaken(disk: Volume, node: NodeInfo): boolean {
  const conflicts = CONFLICTS[disk.source];
  if (!conflicts) return false;
  for (const { spec } of node.pods) {
    if (spec.volumes.some((other) => other.source === disk.source && conflicts(disk, other))) return true;
  }
  return false;
}

function isSame(a: Volume, b: Volume, field: string): boolean {
  return a.fields[field] === b.fields[field];
}

function isShared(a: Volume, b: Volume): boolean {
  return a.readOnly && b.readOnly;
}

function haveCommonMonitor(a: Volume, b: Volume): boolean {
  const { monitors } = b.fields;
  return Array.isArray(a.fields.monitors) && Array.isArray(monitors) && a.fields.monitors.some((each) => monitors.includes(each));
}

function poolOf({ fields }: Volume): unknown {
  return fields.pool ?? 'rbd';
}
