import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { workloadKey } from '../cluster/Workload.ts';
import { fitsWorkload, type LabelledWorkload } from './fitsWorkload.ts';
import { matchableWorkloads } from './matchableWorkloads.ts';
import { quorumFor } from './quorumFor.ts';
import type { Path, Reading } from './Reading.ts';
import type { Disturbance, Quorum, Scenario } from './Scenario.ts';
import { warnOfOvershadowed } from './warnOfOvershadowed.ts';

/**
 * Compares the entries of `spec.quorums` with the cluster: one that wants more than the replicas that its workload ever has is a fault, one
 * that never counts gets a warning.
 */
export function checkQuorums(
  reading: Reading,
  { quorums = [] }: Pick<Scenario, 'quorums'>,
  { cluster, disturbances }: { readonly cluster: ClusterObjects; readonly disturbances: readonly Disturbance[] },
): void {
  if (quorums.length === 0) return;
  const subjects = matchableWorkloads(cluster);
  warnOfOvershadowed(reading, { list: 'quorums', matches: quorums.map(({ match }) => match), subjects, fits: fitsWorkload });
  const mostOf = mostReplicas(cluster, disturbances);
  for (const [index, quorum] of quorums.entries()) {
    const own = subjects.filter((subject) => quorumFor(quorums, subject) === quorum);
    const bounded = own.map((workload) => ({ ...workload, most: mostOf(workload) }));
    refuseUnreachable(reading, ['spec', 'quorums', index, 'quorum'], quorum, bounded);
  }
}

interface Bounded extends LabelledWorkload {
  /** The most replicas that it ever has; undefined where that follows from the nodes, or is not known. */
  readonly most: number | undefined;
}

/** Notes a fault if some of the workloads of a quorum never have as many replicas. One that is scaled to nothing needs none. */
function refuseUnreachable(reading: Reading, path: Path, { quorum }: Quorum, workloads: readonly Bounded[]): void {
  const [first, ...others] = workloads.filter(({ most = quorum }) => most > 0 && most < quorum);
  if (first?.most === undefined) return;
  const { kind, namespace, name, most } = first;
  const more = others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'has' : 'have'} too few`;
  reading.refuse({
    path,
    message: `${kind} ${namespace}/${name} never has more replicas than ${most}${more}`,
    hint: `a majority of ${most} is ${Math.floor(most / 2) + 1}`,
  });
}

/** Autoscalers and disturbances may bring a workload to more replicas than it has at first. */
function mostReplicas(cluster: ClusterObjects, disturbances: readonly Disturbance[]): (workload: LabelledWorkload) => number | undefined {
  const most = new Map(cluster.workloads.flatMap((one) => ('replicas' in one ? [[workloadKey(one), one.replicas]] : [])));
  const raise = (key: string, replicas: number) => {
    const known = most.get(key);
    if (known !== undefined) most.set(key, Math.max(known, replicas));
  };
  for (const { namespace, target, maxReplicas } of cluster.autoscalers) raise(workloadKey({ namespace, ...target }), maxReplicas);
  for (const one of disturbances) if (one.kind === 'scale') raise(one.workload, one.replicas);
  return (workload) => (workload.kind === 'Pod' ? 1 : most.get(workloadKey(workload)));
}
