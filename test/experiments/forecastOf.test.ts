import { describe, expect, it } from 'vitest';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import { aBudget, aDeployment, aNode, aPod } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

/** Two full nodes, so that a pod waits, a budget refuses and something is down. */
const cluster = {
  nodes: [aNode('n1'), aNode('n2')],
  workloads: [aDeployment('web', 2, { cpu: 3 }), aDeployment('single', 1, { cpu: 1 })],
  budgets: [aBudget('web', { maxUnavailable: 0 })],
  pods: [aPod('big', { cpu: 9 })],
};

describe('the results document', () => {
  it('has every part that it promises', async () => {
    const { forecast } = await replicate(aScenario({ cluster }), { replications: 2, runBatch: runSerially, version: '0.0.0' });
    const { verdict, roll, scheduling, workloads, budgets, headroom, findings, metrics } = forecast;
    const harmed = workloads.find(({ outages }) => outages.length > 0);
    const parts: readonly (readonly [part: object | undefined, keys: string])[] = [
      [forecast, 'schemaVersion rollcast scenario seed replications verdict roll scheduling workloads budgets headroom'],
      [forecast, 'findings notModelled inputs metrics'],
      [verdict, 'outcome sentence objectives'],
      [verdict.objectives[0], 'name outcome certainty probability interval evidence'],
      [roll, 'preset pool maxUnavailable outcome durationSeconds batches nodes'],
      [roll.batches[0], 'nodes startSeconds endSeconds'],
      [roll.nodes[0], 'name outcome cordonedAt drainedAt resetAt readyAt inServiceAt blockedSeconds blockedBy'],
      [roll.nodes[0], 'evictions refusals forcedKills'],
      [scheduling.reasons[0], 'message attempts pods'],
      [harmed, 'kind namespace name desired minReady outageSeconds degradedSeconds belowFloorSeconds moves wastedMoves outages lostData'],
      [harmed?.outages[0], 'start end cause'],
      [harmed?.metrics?.outageSeconds, 'runs mean ci95 min p50 p90 p99 max'],
      [budgets[0], 'namespace name refusals blockedSeconds stuck'],
      [headroom, 'cpu memory pods'],
      [headroom.cpu, 'min atSeconds'],
      [findings[0], 'code severity object message hint'],
      [metrics?.['durationSeconds'], 'mean ci95 min p50 p90 p99 max intervals'],
    ];
    for (const [part = {}, keys] of parts) expect(Object.keys(part)).toEqual(expect.arrayContaining(keys.split(' ')));
  });

  it('has them in the order of its contract', async () => {
    const { forecast } = await replicate(aScenario({ cluster }), { replications: 2, runBatch: runSerially, version: '0.0.0' });
    const inOrder = (part: object, keys: string) =>
      Object.keys(part)
        .filter((key) => keys.split(' ').includes(key))
        .join(' ');
    const top =
      'schemaVersion rollcast scenario seed replications verdict roll scheduling workloads budgets headroom findings notModelled inputs metrics';
    expect(inOrder(forecast, top)).toBe(top);
    const budget = 'namespace name refusals blockedSeconds stuck';
    expect(inOrder(forecast.budgets[0] ?? {}, budget)).toBe(budget);
  });

  it('holds no figure of the simulation that is not its own', async () => {
    const { forecast } = await replicate(aScenario({ cluster }), { replications: 1, runBatch: runSerially, version: '0.0.0' });
    const promised = 'decisions failedAttempts peakPending pendingPodSeconds pendingBefore neverScheduled reasons';
    expect(Object.keys(forecast.scheduling).sort()).toEqual([...promised.split(' '), 'preemptions', 'slowDecisions'].sort());
  });
});
