import type { Pod } from '../../cluster/Pod.ts';
import type { Storage } from '../../cluster/Storage.ts';
import type { CycleContext } from '../CycleContext.ts';
import type { NodeInfo } from '../NodeInfo.ts';
import { unschedulable } from '../NodeVerdict.ts';
import { type FilterPlugin, filterBy, SKIP } from '../Plugin.ts';

/**
 * Refuses nodes to which the driver could not attach all volumes of the pod, as the CSINode says. Volumes that a pod of the node uses
 * already, and volumes of a driver without a limit, cost nothing; one that is only attached there counts twice, as in Kubernetes.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/nodevolumelimits/csi.go
 */
export const NodeVolumeLimits: FilterPlugin = {
  name: 'NodeVolumeLimits',
  prepareFilter(pod, context) {
    const wanted = volumesOf(pod, context);
    if (wanted.size === 0) return SKIP;
    return filterBy((node) => (exceedsLimit(node, wanted, context) ? REFUSAL : undefined));
  },
};

const REFUSAL = unschedulable('node(s) exceed max volume count');

/** Attachable volumes: driver by unique name. */
type AttachableVolumes = ReadonlyMap<string, string>;

function exceedsLimit(node: NodeInfo, wanted: AttachableVolumes, context: CycleContext): boolean {
  const { storage } = context.cluster;
  const limits = storage.csiNodes.get(node.name)?.drivers;
  if (!limits || ![...wanted.values()].some((driver) => limits.get(driver) !== undefined)) return false;
  const used = usedOn(node, context);
  const attached = new Map([...used, ...attachedTo(node, storage)]);
  const added = new Map([...wanted].filter(([name]) => !used.has(name)));
  return [...new Set(added.values())].some((driver) => {
    const limit = limits.get(driver);
    return limit !== undefined && countOf(driver, attached) + countOf(driver, added) > limit;
  });
}

/** The volumes of the pods on `node`. */
function usedOn(node: NodeInfo, context: CycleContext): AttachableVolumes {
  return new Map(node.pods.flatMap((pod) => [...volumesOf(pod, context)]));
}

/** The volumes that are attached to `node`, whoever uses them. */
function attachedTo({ name: node }: NodeInfo, storage: Storage): AttachableVolumes {
  const volumes = new Map<string, string>();
  for (const { nodeName, persistentVolumeName } of storage.attachments.values()) {
    const volume = nodeName === node && persistentVolumeName !== undefined && csiVolume(storage, persistentVolumeName);
    if (volume) volumes.set(volume.name, volume.driver);
  }
  return volumes;
}

function volumesOf(pod: Pod, { cluster, demands }: CycleContext): AttachableVolumes {
  const volumes = new Map<string, string>();
  for (const key of demands.of(pod).claims) {
    const claim = cluster.storage.claims.get(key);
    if (!claim) continue;
    const volume = claim.volumeName === undefined ? undefined : csiVolume(cluster.storage, claim.volumeName);
    const provisioner = cluster.storage.storageClasses.get(claim.storageClassName ?? '')?.provisioner;
    if (volume) volumes.set(volume.name, volume.driver);
    else if (provisioner !== undefined && !isKnownVolume(cluster.storage, claim.volumeName))
      volumes.set(`${provisioner}/${key}`, provisioner);
  }
  return volumes;
}

function isKnownVolume({ persistentVolumes }: Storage, name: string | undefined): boolean {
  return name !== undefined && persistentVolumes.has(name);
}

function csiVolume({ persistentVolumes }: Storage, name: string): { readonly name: string; readonly driver: string } | undefined {
  const volume = persistentVolumes.get(name);
  const driver = volume?.fields.driver;
  if (volume?.source !== 'csi' || typeof driver !== 'string') return undefined;
  return { name: `${driver}/${String(volume.fields.volumeHandle)}`, driver };
}

function countOf(driver: string, volumes: AttachableVolumes): number {
  let count = 0;
  for (const each of volumes.values()) if (each === driver) count += 1;
  return count;
}
