import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { workloadKey } from '../cluster/Workload.ts';
import { ZERO } from '../units.ts';
import { fitsWorkload, type LabelledWorkload } from './fitsWorkload.ts';
import { matchableWorkloads } from './matchableWorkloads.ts';
import { quorumFor } from './quorumFor.ts';
import type { Reading } from './Reading.ts';
import { readDistribution } from './readDistribution.ts';
import { refuseUnmatched } from './refuseUnmatched.ts';
import type { Disturbance, Quorum, Scenario } from './Scenario.ts';
import type { GivenDistribution } from './schema/distribution.ts';
import type { GivenQuorum } from './schema/quorums.ts';
import { sections } from './schema/scenario.ts';
import { warnOfOvershadowed } from './warnOfOvershadowed.ts';

const PATH = ['spec', 'quorums'] as const;

const AT_ONCE: GivenDistribution = { distribution: { kind: 'constant', value: ZERO }, origin: 'default' };

/** What tells how many replicas a workload ever has. */
interface Circumstances {
  readonly cluster: ClusterObjects;
  readonly disturbances: readonly Disturbance[];
}

/**
 * Reads `spec.quorums`; without `sync` a replica is in sync as soon as it is Ready. Each entry must match a workload, and none may want more
 * than the replicas that its workload ever has; an entry that never counts gets a warning. Without `cluster` nothing is compared with it.
 */
export function readQuorums(
  reading: Reading,
  cluster: ClusterObjects | undefined,
  disturbances: readonly Disturbance[],
): Pick<Scenario, 'quorums'> {
  const given = reading.optionalSection<GivenQuorum[]>(PATH, sections.quorums, []) ?? [];
  if (given.length === 0) return {};
  const quorums = given.map(({ match, quorum, sync = AT_ONCE }, index) => {
    refuseUnmatched(reading, [...PATH, index, 'match'], match, cluster);
    reading.input(`quorums[${index}].quorum`, 'assumed', String(quorum));
    return { match, quorum, sync: readDistribution(reading, sync, [...PATH, index, 'sync']) };
  });
  if (cluster) {
    const subjects = matchableWorkloads(cluster);
    warnOfOvershadowed(reading, { list: 'quorums', matches: given.map(({ match }) => match), subjects, fits: fitsWorkload });
    for (const subject of subjects) refuseUnreachable(reading, quorums, subject, { cluster, disturbances });
  }
  return { quorums };
}

/** Notes a fault if `workload` never has as many replicas as its quorum. One that is scaled to nothing needs none. */
function refuseUnreachable(reading: Reading, quorums: readonly Quorum[], workload: LabelledWorkload, circumstances: Circumstances): void {
  const found = quorumFor(quorums, workload);
  if (!found) return;
  const most = mostReplicas(workload, circumstances);
  if (most === undefined || most === 0 || found.quorum <= most) return;
  reading.refuse({
    path: [...PATH, quorums.indexOf(found), 'quorum'],
    message: `${workload.kind} ${workload.namespace}/${workload.name} never has more replicas than ${most}`,
    hint: `a majority of ${most} is ${Math.floor(most / 2) + 1}`,
  });
}

/** undefined where the number follows from the nodes, or is not known. */
function mostReplicas(workload: LabelledWorkload, { cluster, disturbances }: Circumstances): number | undefined {
  if (workload.kind === 'Pod') return 1;
  const key = workloadKey(workload);
  const held = cluster.workloads.find((one) => workloadKey(one) === key);
  if (!held || !('replicas' in held)) return undefined;
  const autoscaled = cluster.autoscalers.filter(({ namespace, target }) => workloadKey({ namespace, ...target }) === key);
  const scaled = disturbances.flatMap((one) => (one.kind === 'scale' && one.workload === key ? [one.replicas] : []));
  return Math.max(held.replicas, ...autoscaled.map(({ maxReplicas }) => maxReplicas), ...scaled);
}
