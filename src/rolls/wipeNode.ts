import type { Cluster } from '../cluster/Cluster.ts';
import { areSameLabels } from '../cluster/LabelSelector.ts';
import type { Node } from '../cluster/Node.ts';
import type { Pod } from '../cluster/Pod.ts';
import type { NodeSelectorTerm, Volume } from '../cluster/PodSpec.ts';
import type { PersistentVolume } from '../cluster/Storage.ts';
import type { LostData } from './NodeReset.ts';
import type { RollContext } from './RollContext.ts';
import type { RollPlan, WipePlan } from './RollPlan.ts';

/** Removes from `node` what a reset destroys: images, labels and taints that the pool does not define, the disks of local volumes. */
export function wipeNode(context: RollContext, node: Node, wipe: WipePlan): void {
  const { cluster } = context;
  const { labels, taints, images, description } = node;
  cluster.updateNode(node, {
    images: wipe.imageCache ? [] : images,
    labels: wipe.userLabels && !areSameLabels(labels, description.poolLabels) ? description.poolLabels : labels,
    taints: wipe.userTaints ? description.poolTaints.concat(taints.filter(isKubernetesTaint)) : taints,
  });
  destroyVolumes(context, node, wipe);
}

/** Takes note of the local volumes whose disks go with the machine of `node`. */
export function destroyVolumes({ cluster, destroyedVolumes }: RollContext, node: Node, wipe: WipePlan): void {
  if (!wipe.localVolumes || wipe.localVolumePath === 'empty') return;
  for (const volume of cluster.storage.persistentVolumes.values()) {
    if (isLocalTo(volume, node)) destroyedVolumes.add(volume.name);
  }
}

/** The data of `pods` on `node` that is destroyed with its disks; emptyDirs are listed too, although any eviction ends them. */
export function dataLost(cluster: Cluster, node: Node, pods: readonly Pod[], plan: Losing): LostData[] {
  const lost: LostData[] = [];
  for (const pod of pods) {
    for (const volume of pod.spec.volumes) {
      const reason = lossOf(cluster, node, pod, { volume, plan });
      if (reason !== undefined) lost.push({ pod: pod.key, volume: volume.name, reason });
    }
  }
  return lost;
}

/** What of a plan says which disks go, and how. */
type Losing = Pick<RollPlan, 'replacement' | 'wipe'>;

function lossOf(cluster: Cluster, node: Node, pod: Pod, { volume, plan }: { volume: Volume; plan: Losing }): string | undefined {
  const { wipe } = plan;
  const how = plan.replacement === 'replace' ? 'which goes with its machine' : 'which the reset wipes';
  if (volume.source === 'emptyDir') return 'emptyDir ends with its pod';
  if (volume.source === 'hostPath') return wipe.systemDisk ? `hostPath on the system disk of ${node.name}, ${how}` : undefined;
  const claim = volume.claimName === undefined ? undefined : cluster.storage.claims.get(`${pod.namespace}/${volume.claimName}`);
  const disk = claim?.volumeName === undefined ? undefined : cluster.storage.persistentVolumes.get(claim.volumeName);
  if (!disk || !wipe.localVolumes || !isLocalTo(disk, node)) return undefined;
  return `local volume ${disk.name} on the data disk of ${node.name}, ${how}`;
}

const LOCAL_SOURCES = ['local', 'hostPath'];
const HOSTNAME = 'kubernetes.io/hostname';

/** Whether `volume` lies on the disks of `node`: a local source with a node affinity that names it. */
function isLocalTo(volume: PersistentVolume, node: Node): boolean {
  return LOCAL_SOURCES.includes(volume.source) && (volume.nodeAffinity ?? []).some((term) => namesNode(term, node));
}

function namesNode({ matchExpressions, matchFields }: NodeSelectorTerm, node: Node): boolean {
  const hostname = node.labels[HOSTNAME] ?? node.name;
  const byLabel = matchExpressions.some(({ key, operator, values }) => key === HOSTNAME && operator === 'In' && values.includes(hostname));
  return byLabel || matchFields.some(({ key, values }) => key === 'metadata.name' && values.includes(node.name));
}

/** Whether Kubernetes itself puts a taint on nodes under this key, and takes it off again. */
export function isKubernetesTaint({ key }: { readonly key: string }): boolean {
  return key.startsWith('node.kubernetes.io/');
}
