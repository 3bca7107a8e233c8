import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { fitsWorkload, type LabelledWorkload } from './fitsWorkload.ts';
import { namesHint, type Path, type Reading } from './Reading.ts';
import type { WorkloadMatch } from './Scenario.ts';

/** Notes a fault at `path` when `match` fits no workload and no bare pod of the cluster: an objective for nothing would always hold. */
export function refuseUnmatched(reading: Reading, path: Path, match: WorkloadMatch, cluster: ClusterObjects | undefined): void {
  if (!cluster || Object.keys(match).length === 0) return;
  const candidates = candidatesOf(cluster);
  if (candidates.some((candidate) => fitsWorkload(match, candidate))) return;
  const names = [...new Set(candidates.map(({ name }) => name))];
  reading.refuse({ path, message: 'no workload matches', hint: namesHint(match.name ?? match.labels?.app ?? '', names) });
}

/** What a match may fit: workloads and bare pods. */
export function candidatesOf({ workloads, pods }: Pick<ClusterObjects, 'workloads' | 'pods'>): readonly LabelledWorkload[] {
  const bare = pods.filter(({ owner }) => owner === undefined).map((pod) => ({ ...pod, kind: 'Pod' }));
  return [...workloads.map((workload) => ({ ...workload, labels: workload.template.labels })), ...bare];
}
