import type { Cluster } from '../cluster/Cluster.ts';
import type { KubernetesVersion } from '../cluster/KubernetesVersion.ts';
import type { NominatedPods } from './NominatedPods.ts';
import type { PodDemands } from './PodDemands.ts';
import type { PodsByNode } from './PodsByNode.ts';
import type { Snapshot } from './Snapshot.ts';

/**
 * How pods without spread constraints of their own are spread: by the built-in constraints, or by a list in the scheduler's configuration.
 * That list is empty here, so such pods are not spread.
 * @see kubernetes/kubernetes pkg/scheduler/apis/config/types_pluginargs.go (PodTopologySpreadArgs.DefaultingType)
 */
export type SpreadDefaulting = 'System' | 'List';

/** What a plugin may look at. Nothing of it changes during a scheduling cycle. */
export interface CycleContext {
  readonly cluster: Cluster;
  readonly version: KubernetesVersion;
  readonly snapshot: Snapshot;
  readonly podsByNode: PodsByNode;
  readonly demands: PodDemands;
  readonly nominated: NominatedPods;
  readonly spreadDefaulting: SpreadDefaulting;
}
