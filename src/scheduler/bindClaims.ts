import type { Node } from '../cluster/Node.ts';
import { anyTermMatches } from '../cluster/nodeAffinity.ts';
import type { PersistentVolume, PersistentVolumeClaim, Storage } from '../cluster/Storage.ts';
import { volumeFor } from '../cluster/volumeFor.ts';

/** What becomes of a claim that waited for its first consumer, once its pod has a node. */
export interface ClaimBinding {
  /** `namespace/name`. */
  readonly claim: string;
  /** The volume chosen for it; undefined: one is to be provisioned for the node. */
  readonly volume: string | undefined;
}

/**
 * Finds a volume on `node` for every one of `claims`, all of which wait for their first consumer: the smallest free one that suffices, or
 * one to be provisioned there.
 * @returns undefined when one of them cannot be bound on `node`.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumebinding/binder.go (FindPodVolumes)
 */
export function bindClaims(node: Node, claims: readonly PersistentVolumeClaim[], storage: Storage): readonly ClaimBinding[] | undefined {
  const taken = new Set<PersistentVolume>();
  const mayTake = (volume: PersistentVolume) => !taken.has(volume) && (!volume.nodeAffinity || anyTermMatches(volume.nodeAffinity, node));
  const bindings: ClaimBinding[] = [];
  for (const claim of [...claims].sort((a, b) => a.request - b.request)) {
    const volume =
      claim.annotations[SELECTED_NODE] === undefined ? volumeFor(claim, storage.persistentVolumes.values(), mayTake) : undefined;
    if (!volume && !canProvisionOn(node, claim, storage)) return undefined;
    if (volume) taken.add(volume);
    bindings.push({ claim: `${claim.namespace}/${claim.name}`, volume: volume?.name });
  }
  return bindings;
}

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

function canProvisionOn(node: Node, claim: PersistentVolumeClaim, { storageClasses }: Storage): boolean {
  const selected = claim.annotations[SELECTED_NODE];
  if (selected !== undefined && selected !== node.name) return false;
  const storageClass = storageClasses.get(claim.storageClassName ?? '');
  if (!storageClass || storageClass.provisioner === '' || storageClass.provisioner === NO_PROVISIONER) return false;
  return storageClass.allowedTopologies.length === 0 || anyTermMatches(storageClass.allowedTopologies, node);
}
