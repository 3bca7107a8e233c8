import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { NominatedPods } from './NominatedPods.ts';
import type { PodDemands } from './PodDemands.ts';
import type { Snapshot } from './Snapshot.ts';

/** What a plugin may look at. Nothing of it changes during a scheduling cycle. */
export interface CycleContext {
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
  readonly snapshot: Snapshot;
  readonly demands: PodDemands;
  readonly nominated: NominatedPods;
}
