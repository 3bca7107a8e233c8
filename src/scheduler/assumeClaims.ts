import type { Cluster } from '../cluster/Cluster.ts';
import type { BoundDecision } from './Decision.ts';

const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/**
 * Records what a decision means for claims that waited for their first consumer: a volume is reserved for the claim, or the claim names the
 * node for which one is to be provisioned. The volume controller does the rest.
 * @see kubernetes/kubernetes pkg/scheduler/framework/plugins/volumebinding/binder.go (bindAPIUpdate)
 */
export function assumeClaims(cluster: Cluster, { node, claims }: BoundDecision): void {
  const { storage } = cluster;
  for (const { claim: key, volume: name } of claims) {
    const claim = storage.claims.get(key);
    const volume = name === undefined ? undefined : storage.persistentVolumes.get(name);
    if (volume) cluster.putStorage('persistentVolumes', volume.name, { ...volume, claimRef: key });
    else if (claim) cluster.putStorage('claims', key, { ...claim, annotations: { ...claim.annotations, [SELECTED_NODE]: node } });
  }
}
