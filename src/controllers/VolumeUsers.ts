import type { Cluster } from '../cluster/Cluster.ts';
import type { Pod } from '../cluster/Pod.ts';
import { claimKeysOf, isBound } from '../cluster/podVolumes.ts';

/** Which pods want which persistent volume on their node: those that are bound and have not ended, in order of binding. */
export class VolumeUsers {
  private readonly cluster: Cluster;
  private readonly byClaim = new Map<string, Set<Pod>>();
  private readonly claimOfVolume = new Map<string, string>();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    for (const key of cluster.storage.claims.keys()) this.noteClaim(key);
    for (const pod of cluster.pods.values()) this.notePod(pod);
  }

  /** Volumes that anyone wants or has wanted. */
  get volumes(): Iterable<string> {
    return this.claimOfVolume.keys();
  }

  /** The pods that want `volume`. */
  of(volume: string): readonly Pod[] {
    return [...(this.byClaim.get(this.claimOfVolume.get(volume) ?? '') ?? NONE)];
  }

  /** Takes note that a claim has changed. @returns the names of the volumes whose users may be others now. */
  noteClaim(key: string): readonly string[] {
    const claim = this.cluster.storage.claims.get(key);
    if (!claim || !isBound(claim)) return NONE;
    const volume = claim.volumeName ?? '';
    this.claimOfVolume.set(volume, key);
    return [volume];
  }

  /** Takes note of what has become of a pod. @returns as above. */
  notePod(pod: Pod): readonly string[] {
    if (pod.spec.volumes.length === 0 || pod.nodeName === undefined) return NONE;
    if (pod.isFinished) return this.drop(pod);
    const keys = claimKeysOf(pod);
    for (const key of keys) this.byClaim.set(key, (this.byClaim.get(key) ?? new Set()).add(pod));
    return this.volumesOf(keys);
  }

  /** Takes note that a pod has gone. @returns as above. */
  drop(pod: Pod): readonly string[] {
    if (pod.spec.volumes.length === 0) return NONE;
    const keys = claimKeysOf(pod);
    for (const key of keys) this.byClaim.get(key)?.delete(pod);
    return this.volumesOf(keys);
  }

  private volumesOf(claims: readonly string[]): readonly string[] {
    return claims.flatMap((key) => this.cluster.storage.claims.get(key)?.volumeName ?? NONE);
  }
}

const NONE: readonly never[] = [];
