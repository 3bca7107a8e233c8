import type { Finding } from '../scenario/Scenario.ts';
import { formatDuration } from '../units.ts';
import type { WorkloadOutcome } from './RunResult.ts';

/** Workloads that were without their quorum. Drains do not see that coming, because budgets go by Ready. */
export function quorumFindings(workloads: readonly WorkloadOutcome[]): Finding[] {
  return workloads.flatMap(({ kind, namespace, name, quorum, belowFloor }) => {
    if (!quorum || belowFloor === 0) return [];
    const least = quorum.leastInSync === 0 ? 'none' : `no more than ${quorum.leastInSync}`;
    return [
      {
        code: 'QUORUM_LOST',
        severity: 'error',
        object: `${kind}/${namespace}/${name}`,
        message: `fewer than the ${quorum.size} that it needs were Ready and in sync for ${formatDuration(belowFloor)}, at worst ${least}`,
        hint: 'wait for the copy after each node (roll.pacing.soak), take fewer nodes at a time, or run another replica',
      },
    ];
  });
}
