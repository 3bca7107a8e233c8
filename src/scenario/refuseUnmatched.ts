import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import type { Labels } from '../cluster/LabelSelector.ts';
import { namesHint, type Path, type Reading } from './Reading.ts';
import type { WorkloadMatch } from './Scenario.ts';

/** What a match is compared with: a workload or a bare pod, with the labels of its pods. */
interface Candidate {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
}

/** Notes a fault at `path` when `match` fits no workload and no bare pod of the cluster: what is asked of nothing would hold unnoticed. */
export function refuseUnmatched(reading: Reading, path: Path, match: WorkloadMatch, cluster: ClusterObjects | undefined): void {
  if (!cluster || Object.keys(match).length === 0) return;
  const candidates = candidatesOf(cluster);
  if (candidates.some((candidate) => fits(candidate, match))) return;
  const names = [...new Set(candidates.map(({ name }) => name))];
  reading.refuse({ path, message: 'no workload matches', hint: namesHint(match.name ?? match.labels?.app ?? '', names) });
}

function candidatesOf({ workloads, pods }: ClusterObjects): readonly Candidate[] {
  const bare = pods.filter(({ owner }) => owner === undefined).map((pod) => ({ ...pod, kind: 'Pod' }));
  return [...workloads.map((workload) => ({ ...workload, labels: workload.template.labels })), ...bare];
}

function fits(candidate: Candidate, { kind, namespace, name, labels = {} }: WorkloadMatch): boolean {
  return (
    (kind ?? candidate.kind) === candidate.kind &&
    (namespace ?? candidate.namespace) === candidate.namespace &&
    (name ?? candidate.name) === candidate.name &&
    Object.entries(labels).every(([key, value]) => candidate.labels[key] === value)
  );
}
