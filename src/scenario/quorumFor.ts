import { fitsWorkload, type LabelledWorkload } from './fitsWorkload.ts';
import type { Quorum } from './Scenario.ts';

/** The quorum of `workload`: the first entry whose match holds for it. */
export function quorumFor(quorums: readonly Quorum[], workload: LabelledWorkload): Quorum | undefined {
  return quorums.find(({ match }) => fitsWorkload(match, workload));
}
