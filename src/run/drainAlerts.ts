import type { NodeReset } from '../rolls/NodeReset.ts';
import type { DrainPlan } from '../rolls/RollPlan.ts';
import type { Finding } from '../scenario/Scenario.ts';
import { formatDuration } from '../units.ts';

/** Drains that take so long that the system raises an alert, which wakes somebody although nothing stops. */
export function drainAlerts(resets: readonly NodeReset[], { alertAfter }: Pick<DrainPlan, 'alertAfter'>): Finding[] {
  if (alertAfter === undefined) return [];
  return resets
    .filter(
      ({ cordonedAt, startedAt = cordonedAt, drainedAt, endedAt }) =>
        startedAt !== undefined && (drainedAt ?? endedAt) - startedAt > alertAfter,
    )
    .map(({ node, refusedBy }) => ({
      code: 'DRAIN_ALERT',
      severity: 'warning',
      object: `Node/${node}`,
      message: `its drain takes longer than ${formatDuration(alertAfter)}, after which the system raises an alert${waitsFor(refusedBy)}`,
      hint: 'let the budget allow a disruption before the roll, or tell those who are on call',
    }));
}

function waitsFor(refusedBy: NodeReset['refusedBy']): string {
  return refusedBy.length === 0 ? '' : `; it is held up by ${refusedBy.map(({ budget }) => budget).join(', ')}`;
}
