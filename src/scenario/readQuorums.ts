import type { ClusterObjects } from '../cluster/ClusterObjects.ts';
import { ZERO } from '../units.ts';
import type { Reading } from './Reading.ts';
import { readDistribution } from './readDistribution.ts';
import { refuseUnmatched } from './refuseUnmatched.ts';
import type { Scenario } from './Scenario.ts';
import type { GivenDistribution } from './schema/distribution.ts';
import type { GivenQuorum } from './schema/quorums.ts';
import { sections } from './schema/scenario.ts';

const PATH = ['spec', 'quorums'] as const;

const AT_ONCE: GivenDistribution = { distribution: { kind: 'constant', value: ZERO }, origin: 'default' };

/** Reads `spec.quorums`; without `sync` a replica is in sync as soon as it is Ready. Each entry must match a workload. */
export function readQuorums(reading: Reading, cluster: ClusterObjects | undefined): Pick<Scenario, 'quorums'> {
  const given = reading.optionalSection<GivenQuorum[]>(PATH, sections.quorums, []) ?? [];
  if (given.length === 0) return {};
  const quorums = given.map(({ match, quorum, sync = AT_ONCE }, index) => {
    refuseUnmatched(reading, [...PATH, index, 'match'], match, cluster);
    reading.input(`quorums[${index}].quorum`, 'assumed', String(quorum));
    return { match, quorum, sync: readDistribution(reading, sync, [...PATH, index, 'sync']) };
  });
  return { quorums };
}
