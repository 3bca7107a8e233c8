import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { workloadKey } from '../cluster/Workload.ts';
import type { LabelledWorkload } from './fitsWorkload.ts';

type Makers = Pick<ClusterObjects, 'workloads' | 'cronJobs' | 'pods'>;

/**
 * What a match can fit: the workloads of which reports have a row. A Deployment stands for its ReplicaSets, a CronJob for its Jobs, and any
 * other owner of pods for them even if the cluster does not hold it, such as a custom resource. Bare and static pods stand for themselves.
 */
export function matchableWorkloads(objects: Makers): readonly LabelledWorkload[] {
  const byKey = new Map<string, LabelledWorkload>();
  for (const workload of [...controllers(objects), ...ownersOfPods(objects)]) {
    const key = workloadKey(workload);
    if (!byKey.has(key)) byKey.set(key, workload);
  }
  return [...byKey.values()];
}

/** Deployments come before their ReplicaSets, because the labels of the first count. */
function controllers({ workloads, cronJobs }: Makers): LabelledWorkload[] {
  const labelled = workloads.map(({ template: { labels }, ...workload }) => ({ ...workload, labels }));
  const deployments = labelled.filter(({ kind }) => kind === 'Deployment');
  const others = labelled.filter(({ kind }) => kind !== 'Deployment');
  const scheduled = cronJobs.map(({ namespace, name, job }) => ({ kind: 'CronJob', namespace, name, labels: job.template.labels }));
  return [...deployments, ...others.map(({ owner, ...workload }) => ({ ...workload, ...owner })), ...scheduled];
}

function ownersOfPods({ workloads, pods }: Makers): LabelledWorkload[] {
  const held = new Set(workloads.map(workloadKey));
  const tops = pods.map(({ namespace, name, owner, labels }) =>
    owner === undefined || owner.kind === 'Node' ? { kind: 'Pod', namespace, name, labels } : { ...owner, namespace, labels },
  );
  return tops.filter((top) => !held.has(workloadKey(top)));
}
