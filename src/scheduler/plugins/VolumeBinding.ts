import { anyTermMatches } from '../../cluster/nodeAffinity.ts';
import type { Pod } from '../../cluster/Pod.ts';
import type { PersistentVolumeClaim, Storage } from '../../cluster/Storage.ts';
import { bindClaims } from '../bindClaims.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { type Refusal, unresolvable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes from which a bound volume cannot be reached, or where a claim that waits for its first consumer could not be bound.
 * The capacity that CSI drivers publish (CSIStorageCapacity) is not modelled.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumebinding/volume_binding.go, binder.go
 */
export const VolumeBinding: FilterPlugin = {
  name: 'VolumeBinding',
  prepareFilter(pod, context) {
    const keys = context.demands.of(pod).claims;
    if (keys.length === 0) return SKIP;
    const { storage } = context.cluster;
    const fault = keys.map((key) => faultOf(key, pod, storage)).find((text) => text !== undefined);
    if (fault !== undefined) return { kind: 'refuse', refusal: unresolvable(fault) };
    const claims = keys.flatMap((key) => storage.claims.get(key) ?? []);
    const unbound = claims.filter((claim) => !isBound(claim));
    if (unbound.some((claim) => !isDelayed(claim, storage))) return { kind: 'refuse', refusal: UNBOUND_IMMEDIATE };
    const bound = claims.filter(isBound);
    return filterBy((node) => refusalOn(node, { bound, unbound, context }));
  },
};

const UNBOUND_IMMEDIATE = unresolvable('pod has unbound immediate PersistentVolumeClaims');

/** Why a claim keeps the pod from being scheduled anywhere. */
function faultOf(key: string, pod: Pod, { claims }: Storage): string | undefined {
  const claim = claims.get(key);
  const name = key.slice(pod.namespace.length + 1);
  if (!claim && isEphemeral(pod, name)) return `waiting for ephemeral volume controller to create the persistentvolumeclaim "${name}"`;
  if (!claim) return `persistentvolumeclaim "${name}" not found`;
  if (claim.phase === 'Lost') return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.volumeName ?? ''}"`;
  return claim.isBeingDeleted ? `persistentvolumeclaim "${name}" is being deleted` : undefined;
}

function isEphemeral(pod: Pod, claimName: string): boolean {
  return pod.spec.volumes.some(({ source, name }) => source === 'ephemeral' && `${pod.name}-${name}` === claimName);
}

function isBound({ volumeName, phase }: PersistentVolumeClaim): boolean {
  return volumeName !== undefined && phase === 'Bound';
}

/** Waits for its first consumer, and nothing has chosen a volume for it. */
function isDelayed({ volumeName, storageClassName }: PersistentVolumeClaim, { storageClasses }: Storage): boolean {
  return volumeName === undefined && storageClasses.get(storageClassName ?? '')?.volumeBindingMode === 'WaitForFirstConsumer';
}

interface PodClaims {
  readonly bound: readonly PersistentVolumeClaim[];
  readonly unbound: readonly PersistentVolumeClaim[];
  readonly context: CycleContext;
}

function refusalOn(info: NodeInfo, { bound, unbound, context }: PodClaims): Refusal | undefined {
  const { storage } = context.cluster;
  const reasons: string[] = [];
  const volumes = bound.map(({ volumeName }) => storage.persistentVolumes.get(volumeName ?? ''));
  if (volumes.some((volume) => volume?.nodeAffinity && !anyTermMatches(volume.nodeAffinity, info.node))) {
    reasons.push("node(s) didn't match PersistentVolume's node affinity");
  }
  if (!bindClaims(info.node, unbound, storage)) reasons.push("node(s) didn't find available persistent volumes to bind");
  if (volumes.includes(undefined)) reasons.push('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)');
  return reasons.length > 0 ? unresolvable(...reasons) : undefined;
}
