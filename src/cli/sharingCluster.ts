import { isDeepStrictEqual } from 'node:util';
import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** `scenario` with the equal one of `clusters` in place of its own; if there is none, its own is added to them. */
export function sharingCluster(scenario: Scenario, clusters: ClusterObjects[]): Scenario {
  const known = clusters.find((cluster) => isDeepStrictEqual(cluster, scenario.cluster));
  if (known) return { ...scenario, cluster: known };
  clusters.push(scenario.cluster);
  return scenario;
}
