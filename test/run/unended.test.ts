import { describe, expect, it } from 'vitest';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import { readScenario } from '../support/scenarioText.ts';

const pool = 'nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 32Gi}}]';
const firstNode = '{preset: cce-sync, nodes: {labels: {kubernetes.io/hostname: workers-1}}, maxUnavailable: 1}';

/** Two replicas that fit only where somebody put a label by hand, which the reset of workers-1 wipes. */
const lostLabel = {
  cluster: `{${pool.replace(/}\]$/, ', byHand: [{nodes: [workers-1], labels: {disk: fast}}]}]')}, workloads: [{name: web, replicas: 2, nodeSelector: {disk: fast}}]}`,
  roll: firstNode,
  horizon: '6h',
  demand: `[{match: {name: web}, curve: {values: [${Array(24).fill(10).join(', ')}]}, perReplica: 10}]`,
  objectives: '[{maxOutage: 10m}, {maxDegraded: 10m}, {maxPendingPodSeconds: 1000}, {maxUnservedRequests: 5000}]',
};

/** One replica on workers-1, which has no other place: it is back after 8 minutes and 12 seconds. */
const slow = {
  cluster: `{${pool.replace('nodes: 2', 'nodes: 1')}, workloads: [{name: web, replicas: 1}]}`,
  roll: firstNode,
};

function judgedIn(spec: Readonly<Record<string, string>>): readonly (readonly [string, string, string])[] {
  const { objectives } = run(readScenario(spec), '1', 'figures');
  return objectives.map(({ objective, outcome, evidence }) => [objective.goal.kind, outcome, evidence]);
}

const messagesOf = ({ findings }: RunResult, code: string) => findings.filter((one) => one.code === code).map(({ message }) => message);

describe('what never ends', () => {
  it('is counted to the horizon and breaks its limit', () => {
    expect(judgedIn(lostLabel)).toEqual([
      ['maxOutage', 'fails', 'Deployment default/web has 6h of outage and no end of it'],
      ['maxDegraded', 'fails', 'Deployment default/web has 6h of degraded service and no end of it'],
      ['maxPendingPodSeconds', 'fails', '43,200 pending pod-seconds'],
      ['maxUnservedRequests', 'fails', '216,000 unserved requests'],
    ]);
  });

  it.each([
    ['maxOutage: 24h', 'Deployment default/web has 6h of outage and no end of it'],
    ['maxPendingPodSeconds: 1000000', '43,200 pending pod-seconds and no end of it: pods are still pending'],
    ['maxUnservedRequests: 1000000', '216,000 unserved requests and no end of it: a workload stays short of replicas'],
  ])('breaks even %s', (objective, evidence) => {
    expect(judgedIn({ ...lostLabel, objectives: `[{${objective}}]` })).toEqual([[expect.anything(), 'fails', evidence]]);
  });

  it('of a bare pod is its eviction', () => {
    const pod = '{apiVersion: v1, kind: Pod, metadata: {name: alone}, spec: {nodeName: workers-1, containers: [{name: app}]}}';
    const objectives = '[{maxOutage: 1h}]';
    expect(judgedIn({ cluster: `{${pool}, objects: [${pod}]}`, roll: firstNode, objectives })).toEqual([
      ['maxOutage', 'fails', 'Pod default/alone has 24h of outage and no end of it'],
    ]);
  });

  it('counts from the start where nobody is Ready then, even for an empty roll', () => {
    const set =
      '{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app}]}}}}';
    const pod =
      '{apiVersion: v1, kind: Pod, metadata: {name: web-a, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: u, controller: true}]}, spec: {nodeName: workers-2, containers: [{name: app}]}, status: {phase: Running}}';
    const objectives = '[{maxOutage: 30m}]';
    expect(judgedIn({ cluster: `{${pool}, objects: [${set}, ${pod}]}`, roll: firstNode, objectives })).toEqual([
      ['maxOutage', 'fails', 'ReplicaSet default/web has 24h of outage and no end of it'],
    ]);
  });
});

describe('a recording', () => {
  it('counts to the end of its roll, and knows what ends later', () => {
    const result = run({ ...readScenario(slow), countsUntil: 'rollEnd' }, '1');
    expect(result.workloads[0]).toMatchObject({ outage: 482_000, unended: [], outages: [{ end: 482_000, isOver: true }] });
    expect(result.findings).toEqual([]);
  });
});

describe('a limit on outages', () => {
  it('is one on each of them, not on all together', () => {
    // The spare node is the last choice: the pod goes there when its node is reset, and back when the spare is.
    const spare = '{name: spare, nodes: 1, allocatable: {cpu: 8, memory: 32Gi}, taints: [{key: spare, effect: PreferNoSchedule}]}';
    const two = {
      cluster: `{${pool.replace('nodes: 2', 'nodes: 1').replace(/]$/, `, ${spare}]`)}, workloads: [{name: web, replicas: 1}]}`,
      roll: '{preset: cce-sync, nodes: {names: [workers-1, spare-1]}, maxUnavailable: 1}',
    };
    const result = run(readScenario(two), '1');
    expect(result.workloads[0]?.outages.map(({ start, end }) => end - start)).toEqual([10_000, 10_000]);
    expect(judgedIn({ ...two, objectives: '[{maxOutage: 15s}, {maxOutage: 9s}, {maxDegraded: 10s}]' })).toEqual([
      ['maxOutage', 'holds', 'Deployment default/web has 10s of outage at a time, 20s in all'],
      ['maxOutage', 'fails', 'Deployment default/web has 10s of outage at a time, 20s in all'],
      ['maxDegraded', 'holds', 'Deployment default/web has 10s of degraded service at a time, 20s in all'],
    ]);
  });
});

describe('what the horizon cuts off', () => {
  const short = { ...slow, horizon: '5m' };

  it.each([
    ['maxOutage: 6m', 'unknown', 'Deployment default/web has 5m of outage, not over at the horizon'],
    ['maxOutage: 4m', 'fails', 'Deployment default/web has 5m of outage, not over at the horizon'],
    ['maxPendingPodSeconds: 1000', 'unknown', '300 pending pod-seconds up to the horizon, when pods are still pending'],
    ['maxPendingPodSeconds: 100', 'fails', '300 pending pod-seconds'],
    ['maxForcedKills: 0', 'unknown', '0 pods killed against a budget up to the horizon, and the roll is not over then'],
    ['maxPeakPending: 0', 'fails', '1 pod pending at once'],
  ])('makes %s %s', (objective, outcome, evidence) => {
    expect(judgedIn({ ...short, objectives: `[{${objective}}]` })).toEqual([[expect.anything(), outcome, evidence]]);
  });

  it('is unknown as well when the roll is over and a pod is still starting', () => {
    const objectives = '[{maxOutage: 10m}]';
    expect(judgedIn({ ...slow, horizon: '485s', objectives })).toEqual([
      ['maxOutage', 'unknown', 'Deployment default/web has 8m 5s of outage, not over at the horizon'],
    ]);
    expect(judgedIn({ ...slow, horizon: '492s', objectives })).toEqual([['maxOutage', 'holds', expect.stringContaining('8m 12s')]]);
  });

  it('is not said to be so for ever', () => {
    const result = run(readScenario(short), '1');
    expect(result.isCutOff).toBe(true);
    expect(messagesOf(result, 'OUTAGE_NEVER_ENDS')).toEqual([expect.stringMatching(/^still down at the horizon/)]);
    expect(messagesOf(result, 'POD_NEVER_SCHEDULED')).toEqual([expect.stringMatching(/^still pending at the horizon/)]);
    expect(messagesOf(result, 'NODE_STUCK')).toEqual(['the node was not finished: the run reached its horizon']);
  });

  it('leaves the verdict open, with the outage to the horizon in the document', async () => {
    const scenario = readScenario({ ...short, objectives: '[{maxOutage: 6m}]' });
    const { forecast } = await replicate(scenario, { replications: 1, runBatch: runSerially, version: '0' });
    expect(forecast.verdict).toMatchObject({ outcome: 'unknown', objectives: [{ outcome: 'unknown', certainty: 'unknown' }] });
    expect(forecast.workloads[0]?.outages).toEqual([{ start: 0, end: 300, isOver: false, cause: expect.anything() }]);
  });
});
