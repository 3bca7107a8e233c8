import type { NodeReset } from '../../src/rolls/NodeReset.ts';
import { NO_EVENTS } from '../../src/run/EventColumns.ts';
import type { RunResult, WorkloadOutcome } from '../../src/run/RunResult.ts';
import { instant, START, seconds, ZERO } from '../../src/units.ts';

/** A node that was cordoned at the start and back in service, without trouble, after 8 minutes. */
export function aResetRow(node: string, overrides: Partial<NodeReset> = {}): NodeReset {
  const back = instant(480_000);
  return {
    ...{ node, outcome: 'inService', reason: undefined, batch: 0 },
    ...{ cordonedAt: START, drainedAt: START, resetAt: START, readyAt: back, inServiceAt: back, endedAt: back },
    ...{ blocked: ZERO, refusedBy: [], evictions: 0, refusals: 0, forcedKills: 0, lostData: [] },
    ...overrides,
  };
}

const NO_SHORTFALL = { outage: ZERO, degraded: ZERO, belowFloor: ZERO };

/** A Deployment of three replicas in namespace `shop` that the roll did not hurt. */
export function aWorkloadOutcome(name: string, overrides: Partial<WorkloadOutcome> = {}): WorkloadOutcome {
  return {
    ...{ kind: 'Deployment', namespace: 'shop', name, labels: { app: name }, desired: 3, minReady: 3 },
    ...{ outage: ZERO, degraded: ZERO, belowFloor: ZERO, longest: NO_SHORTFALL, unended: [], hasFloor: true },
    ...{ moves: 0, surplus: 0, wastedMoves: 0, outages: [], lostData: [] },
    ...overrides,
  };
}

/** A run of 8 minutes that reset one node and in which nothing else happened. */
export function aRunResult(overrides: Partial<RunResult> = {}): RunResult {
  const nodes = [aResetRow('workers-1')];
  const least = { min: 1, at: START };
  const steps = { times: [], values: [] };
  return {
    seed: '1',
    roll: { preset: 'cce-sync', pool: 'workers', maxUnavailable: 1, outcome: 'completed', duration: seconds(480), batches: [], nodes },
    scheduling: {
      ...{ decisions: 0, slowDecisions: 0, failedAttempts: 0, peakPending: 0, mostUnplaced: 0, pendingPodSeconds: 0 },
      ...{ pendingBefore: [], neverScheduled: [], reasons: [] },
    },
    headroom: { cpu: least, memory: least, pods: least },
    series: { nodesAway: steps, podsPending: steps, headroom: { cpu: steps, memory: steps, pods: steps }, ready: [] },
    ...{ workloads: [], budgets: [], objectives: [], findings: [], pods: [], events: NO_EVENTS },
    ...{ preemptions: 0, hasTies: false, unservedRequests: 0, missesRequestsAtEnd: false, requestsDuringRoll: 0, eventsFired: 0 },
    ...{ endedAt: instant(480_000), isCutOff: false },
    ...overrides,
  };
}
