import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { fitsWorkload } from './fitsWorkload.ts';
import { matchableWorkloads } from './matchableWorkloads.ts';
import { namesHint, type Path, type Reading } from './Reading.ts';
import type { WorkloadMatch } from './Scenario.ts';

/** Notes a fault at `path` when `match` fits no workload and no bare pod of the cluster: an objective for nothing would always hold. */
export function refuseUnmatched(reading: Reading, path: Path, match: WorkloadMatch, cluster: ClusterObjects | undefined): void {
  if (!cluster || Object.keys(match).length === 0) return;
  const candidates = matchableWorkloads(cluster);
  if (candidates.some((candidate) => fitsWorkload(match, candidate))) return;
  const names = [...new Set(candidates.map(({ name }) => name))];
  reading.refuse({ path, message: 'no workload matches', hint: namesHint(match.name ?? match.labels?.app ?? '', names) });
}
