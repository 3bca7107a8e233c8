import { describe, expect, it } from 'vitest';
import { judge } from '../../src/run/judge.ts';
import type { RunResult, SchedulingOutcome, WorkloadOutcome } from '../../src/run/RunResult.ts';
import type { Goal, Scenario } from '../../src/scenario/Scenario.ts';
import { instant, minutes, seconds, ZERO } from '../../src/units.ts';
import { aResetRow, aRunResult, aWorkloadOutcome } from '../support/runFigures.ts';
import { aScenario, aTimeAfterStart } from '../support/scenarios.ts';

const RUN = aRunResult();
const DEMAND: Scenario['demand'] = [{ match: {}, requestsPerSecond: [], perReplica: 100 }];
const web = aWorkloadOutcome('web', shortOf({ outage: seconds(30), degraded: seconds(90), belowFloor: seconds(60) }));
const api = aWorkloadOutcome('api', shortOf({ outage: seconds(20) }));
const [calm, quiet] = [aWorkloadOutcome('calm'), aWorkloadOutcome('quiet')];

const ended = (outcome: RunResult['roll']['outcome']) => aRunResult({ roll: { ...RUN.roll, outcome } });
const scheduled = (figures: Partial<SchedulingOutcome>) => aRunResult({ scheduling: { ...RUN.scheduling, ...figures } });
const headroom = { ...RUN.headroom, cpu: { min: 0.125, at: instant(90_000) } };

/** One interval of each kind, and so long. */
function shortOf(longest: Partial<Shortfalls>): Pick<WorkloadOutcome, keyof Shortfalls | 'longest'> {
  const all = { outage: ZERO, degraded: ZERO, belowFloor: ZERO, ...longest };
  return { ...all, longest: all };
}

type Shortfalls = Pick<WorkloadOutcome, 'outage' | 'degraded' | 'belowFloor'>;

describe('judge', () => {
  it.each<[goal: Goal, run: RunResult, outcome: 'holds' | 'fails' | 'unknown', evidence: string]>([
    [{ kind: 'rollCompletes' }, RUN, 'holds', 'the roll ended as completed'],
    [{ kind: 'rollCompletes' }, ended('stuck'), 'fails', 'the roll ended as stuck'],
    [{ kind: 'rollCompletes' }, ended('horizon'), 'unknown', 'the roll is not over at the horizon'],
    [{ kind: 'noPodPending' }, scheduled({ peakPending: 1 }), 'fails', 'up to 1 pod pending at once because of the roll'],
    [{ kind: 'noOutageOfReplicated' }, RUN, 'holds', 'no workload of two or more replicas has any outage'],
    [
      { kind: 'noOutageOfReplicated' },
      aRunResult({ workloads: [api, web] }),
      'fails',
      'Deployment shop/web has 30s of outage, 2 workloads in all over the limit',
    ],
    [
      { kind: 'noOutageOfReplicated' },
      aRunResult({ workloads: [{ ...web, desired: 1 }] }),
      'holds',
      'no workload of two or more replicas has any outage',
    ],
    [{ kind: 'maxOutage', workloads: {}, limit: ZERO }, aRunResult({ workloads: [calm, quiet] }), 'holds', 'no workload has any outage'],
    [
      { kind: 'maxOutage', workloads: { kind: 'StatefulSet', namespace: 'shop', labels: { tier: 'db' } }, limit: ZERO },
      aRunResult({ workloads: [web] }),
      'holds',
      'no workload that matches kind StatefulSet, namespace shop, label tier=db has any outage',
    ],
    [
      { kind: 'maxOutage', workloads: { name: 'calm' }, limit: ZERO },
      aRunResult({ workloads: [calm, web] }),
      'holds',
      'Deployment shop/calm has no outage',
    ],
    [
      { kind: 'maxBelowFloor', workloads: undefined, limit: ZERO },
      aRunResult({ workloads: [{ ...calm, quorum: { size: 2, leastInSync: 2, isSyncing: false } }] }),
      'holds',
      'Deployment shop/calm is never without its quorum of 2',
    ],
    [
      { kind: 'maxBelowFloor', workloads: undefined, limit: ZERO },
      aRunResult({ workloads: [{ ...calm, hasFloor: false }] }),
      'unknown',
      'Deployment shop/calm has neither a disruption budget nor a quorum',
    ],
    [
      { kind: 'maxBelowFloor', workloads: undefined, limit: ZERO },
      aRunResult({
        workloads: [
          { ...calm, hasFloor: false },
          { ...quiet, hasFloor: false },
        ],
      }),
      'unknown',
      'no workload has a disruption budget or a quorum',
    ],
    [
      { kind: 'maxBelowFloor', workloads: undefined, limit: ZERO },
      aRunResult({ workloads: [{ ...calm, hasFloor: false }, quiet] }),
      'holds',
      'no workload is ever below its floor',
    ],
    [
      { kind: 'maxBelowFloor', workloads: undefined, limit: seconds(59) },
      aRunResult({ workloads: [{ ...web, quorum: { size: 2, leastInSync: 1, isSyncing: false } }] }),
      'fails',
      'Deployment shop/web is without its quorum of 2 for 1m',
    ],
    [
      { kind: 'maxOutage', workloads: { name: 'api' }, limit: seconds(20) },
      aRunResult({ workloads: [api, web] }),
      'holds',
      'Deployment shop/api has 20s of outage',
    ],
    [
      { kind: 'maxDegraded', workloads: undefined, limit: minutes(1) },
      aRunResult({ workloads: [api, web] }),
      'fails',
      'Deployment shop/web has 1m 30s of degraded service',
    ],
    [
      { kind: 'maxBelowFloor', workloads: { labels: { app: 'web' } }, limit: minutes(1) },
      aRunResult({ workloads: [api, web] }),
      'holds',
      'Deployment shop/web is below its floor for 1m',
    ],
    [
      { kind: 'maxOutage', workloads: undefined, limit: minutes(60) },
      aRunResult({ workloads: [{ ...web, outage: seconds(3620), longest: { ...web.longest, outage: seconds(3620) } }] }),
      'fails',
      'Deployment shop/web has 1h of outage, 20s over the limit',
    ],
    [{ kind: 'maxDuration', limit: minutes(8) }, RUN, 'holds', 'the roll takes 8m'],
    [{ kind: 'maxDuration', limit: minutes(7) }, RUN, 'fails', 'the roll takes 8m, 1m too late'],
    [{ kind: 'maxDuration', limit: minutes(8) }, ended('horizon'), 'unknown', 'the roll takes 8m and is not over at the horizon'],
    [{ kind: 'endBefore', limit: aTimeAfterStart(480_000) }, RUN, 'holds', 'the roll ends 8m after the start'],
    [{ kind: 'endBefore', limit: aTimeAfterStart(479_999) }, RUN, 'fails', 'the roll ends 8m after the start, 1ms too late'],
    [{ kind: 'endBefore', limit: aTimeAfterStart(480_000) }, ended('stuck'), 'fails', 'the roll ends 8m after the start and is not over'],
    [{ kind: 'maxPendingPodSeconds', limit: 400 }, scheduled({ pendingPodSeconds: 400 }), 'holds', '400 pending pod-seconds'],
    [{ kind: 'maxPendingPodSeconds', limit: 400 }, scheduled({ pendingPodSeconds: 400.06 }), 'fails', '400.1 pending pod-seconds'],
    [{ kind: 'maxPeakPending', limit: 2 }, scheduled({ peakPending: 3 }), 'fails', '3 pods pending at once'],
    [
      { kind: 'maxNeverScheduled', limit: 0 },
      scheduled({ neverScheduled: [{ pod: 'shop/web-1', message: '' }] }),
      'fails',
      '1 pod never scheduled',
    ],
    [
      { kind: 'maxForcedKills', limit: 2 },
      aRunResult({ roll: { ...RUN.roll, nodes: [aResetRow('a', { forcedKills: 1 }), aResetRow('b', { forcedKills: 2 })] } }),
      'fails',
      '3 pods killed against a budget',
    ],
    [
      { kind: 'minHeadroom', resource: 'cpu', limit: 0.125 },
      aRunResult({ headroom }),
      'holds',
      'least headroom of cpu is 12.5 %, 1m 30s after the start',
    ],
    [
      { kind: 'minHeadroom', resource: 'cpu', limit: 0.13 },
      aRunResult({ headroom }),
      'fails',
      'least headroom of cpu is 12.5 %, 1m 30s after the start',
    ],
    [{ kind: 'minHeadroom', resource: 'nvidia.com/gpu', limit: 0.1 }, RUN, 'unknown', 'headroom of nvidia.com/gpu is not measured'],
  ])('%o', (goal, run, outcome, evidence) => {
    expect(judge({ name: 'goal', probability: 1, goal }, run, aScenario())).toMatchObject({ outcome, evidence });
  });

  it('can tell of unserved requests only where the scenario gives a demand', () => {
    const objective = { name: 'goal', probability: 1, goal: { kind: 'maxUnservedRequests', limit: 10 } } as const;
    const run = aRunResult({ unservedRequests: 12 });
    expect(judge(objective, run, aScenario())).toMatchObject({ outcome: 'unknown', evidence: 'the scenario gives no demand' });
    expect(judge(objective, run, aScenario({ demand: DEMAND }))).toMatchObject({ outcome: 'fails', evidence: '12 unserved requests' });
  });
});
