import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { PodDescription } from '../cluster/Pod.ts';
import { columnsOf, type PodColumns, podsOf } from './kubernetes/podColumns.ts';
import type { Scenario } from './Scenario.ts';

/** Scenarios as they are sent to threads: each cluster once, and its pods in columns, because pods are most of a scenario. */
export interface PackedScenarios {
  readonly clusters: readonly PackedCluster[];
  readonly scenarios: readonly PackedScenario[];
}

interface PackedCluster {
  readonly others: Omit<ClusterObjects, 'pods'>;
  readonly pods: PodColumns<PodDescription>;
}

/** Its cluster is named by its place. */
interface PackedScenario extends Omit<Scenario, 'cluster'> {
  readonly cluster: number;
}

/** What {@link unpacked} turns back into `scenarios`. It shares parts with them, so neither may be changed afterwards. */
export function packed(scenarios: readonly Scenario[]): PackedScenarios {
  const places = new Map<ClusterObjects, number>();
  for (const { cluster } of scenarios) if (!places.has(cluster)) places.set(cluster, places.size);
  return {
    clusters: [...places.keys()].map(({ pods, ...others }) => ({ others, pods: columnsOf(pods, 'createdAt') })),
    scenarios: scenarios.map((scenario) => ({ ...scenario, cluster: places.get(scenario.cluster) ?? 0 })),
  };
}

/** Scenarios that have a cluster in common have the same object. */
export function unpacked({ clusters, scenarios }: PackedScenarios): Scenario[] {
  const unpackedClusters = clusters.map(({ others, pods }): ClusterObjects => ({ ...others, pods: podsOf(pods) }));
  return scenarios.map(({ cluster: place, ...scenario }) => {
    const cluster = unpackedClusters[place];
    if (!cluster) throw new Error('a cluster was not packed with its scenario');
    return { ...scenario, cluster };
  });
}
