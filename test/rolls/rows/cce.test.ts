import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/run/RunResult.ts';
import { minutes, seconds, toSeconds } from '../../../src/units.ts';
import { eventsOf } from '../../support/eventsOf.ts';
import { poolText, synchronized } from '../../support/synchronized.ts';

const outcomesOf = ({ roll }: RunResult) => roll.nodes.map(({ outcome }) => outcome);
const codesOf = ({ findings }: RunResult) => findings.map(({ code }) => code);
const workload = (result: RunResult, name: string) => result.workloads.find((row) => row.name === name);

describe('a synchronization by Huawei CCE', () => {
  it('takes the nodes of its request in batches of maxUnavailable, and never touches the others', () => {
    const nodeIDs = [7, 1, 2, 3, 4, 5, 6].map((number) => `workers-${number}`);
    const result = synchronized(10, { maxUnavailable: 3, nodeIDs });
    expect(result.roll.batches.map(({ nodes }) => nodes)).toEqual([
      ['workers-7', 'workers-1', 'workers-2'],
      ['workers-3', 'workers-4', 'workers-5'],
      ['workers-6'],
    ]);
    expect(eventsOf(result).filter(({ object }) => /^Node\/workers-(8|9|10)$/.test(object))).toEqual([]);
  });

  it('takes all nodes of the pool in their order without nodeIDs', () => {
    const { nodes } = synchronized(4, {}).roll;
    expect(nodes.map(({ node }) => node)).toEqual(['workers-1', 'workers-2', 'workers-3', 'workers-4']);
  });

  it.each([
    ['waits for the whole batch unless told otherwise', '', 44],
    ['takes the next node as soon as a place is free when told so', ', pacing: window', 32],
  ])('%s', (_, pacing, expected) => {
    const timing = '{nodes: [{match: {names: [workers-1]}, reset: 20m}, {reset: 8m}]}';
    const result = synchronized(10, { maxUnavailable: 3 }, { timing, roll: `{request: upgrade.json, system: cce${pacing}}` });
    expect(result.roll.duration).toBe(minutes(expected));
  });

  it('shows in the phases of its nodes alone, from the instant in which it is accepted', () => {
    const phases = eventsOf(synchronized(2, {})).filter(({ kind }) => ['cordoned', 'nodeReady', 'uncordoned'].includes(kind));
    expect(phases.map(({ at, kind, object }) => `${toSeconds(at) / 60} min: ${object} ${kind}`)).toEqual([
      '0 min: Node/workers-1 cordoned',
      '8 min: Node/workers-1 nodeReady',
      '8 min: Node/workers-1 uncordoned',
      '8 min: Node/workers-2 cordoned',
      '16 min: Node/workers-2 nodeReady',
      '16 min: Node/workers-2 uncordoned',
    ]);
  });
});

describe('room for the pods of nodes that CCE resets', () => {
  const cluster = `{${poolText(4)}, workloads: [{name: shop, replicas: 12, requests: {cpu: "1"}}]}`;

  it('is there for one node of four that are three quarters full', () => {
    const result = synchronized(4, { maxUnavailable: 1 }, { cluster });
    expect(result.scheduling).toMatchObject({ peakPending: 0, failedAttempts: 0 });
  });

  it('is short by 4 CPU for two of them, until the first is Active again', () => {
    const result = synchronized(4, { maxUnavailable: 2 }, { cluster });
    expect(result.scheduling.peakPending).toBe(4);
    const back = result.roll.nodes[0]?.inServiceAt;
    const waited = result.pods.filter(({ failedAttempts }) => failedAttempts > 0);
    expect(waited.slice(0, 4).map(({ boundAt }) => boundAt)).toEqual([back, back, back, back]);
  });
});

describe('a single replica on a node that CCE resets', () => {
  const placed = 'nodeSelector: {kubernetes.io/hostname: workers-1}';
  const only = { nodeIDs: ['workers-1'] };

  it.each([
    ['Deployment', 25, 'its start: the successor is made at once'],
    ['StatefulSet', 35, 'its end and its start: the successor has the same name'],
  ])('of a %s is down for %i s where there is room elsewhere, for %s', (kind, expected) => {
    const first = 'preference: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [workers-1]}]}';
    const affinity = `affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, ${first}}]}}`;
    const result = synchronized(3, only, {
      cluster: `{${poolText(3)}, workloads: [{name: shop, kind: ${kind}, replicas: 1, ${affinity}}]}`,
    });
    expect(workload(result, 'shop')).toMatchObject({ moves: 1, outage: seconds(expected) });
  });

  it('is down for its end, the whole reset and its start where there is none', () => {
    const result = synchronized(3, only, { cluster: `{${poolText(3)}, workloads: [{name: shop, replicas: 1, ${placed}}]}` });
    expect(workload(result, 'shop')?.outage).toBe(seconds(10) + minutes(8) + seconds(25));
  });
});

describe('a budget that never allows CCE an eviction', () => {
  const cluster = `{${poolText(2)}, workloads: [
    {name: shop, replicas: 1, nodeSelector: {kubernetes.io/hostname: workers-1}, budget: {maxUnavailable: 0}}]}`;

  it.each([
    ['15 minutes, which is assumed', '', 15],
    ['as long as the scenario says', ', drain: {timeout: 20m}', 20],
  ])('holds the node for %s, then the pod is killed and the violation reported', (_, drain, held) => {
    const result = synchronized(2, {}, { cluster, roll: `{request: upgrade.json, system: cce${drain}}` });
    expect(result.roll.nodes[0]).toMatchObject({ outcome: 'inService', drainedAt: minutes(held), forcedKills: 1, blocked: minutes(held) });
    expect(codesOf(result)).toContain('BUDGET_VIOLATED');
  });

  it('fails the node without force: its pod runs on, it stays cordoned, and the next node follows', () => {
    const result = synchronized(2, { force: false }, { cluster });
    expect(outcomesOf(result)).toEqual(['failed', 'inService']);
    expect(result.roll).toMatchObject({ outcome: 'failed', duration: minutes(23) });
    expect(workload(result, 'shop')).toMatchObject({ outage: 0, moves: 0 });
    expect(codesOf(result)).toContain('NODES_LEFT_CORDONED');
  });

  it('leaves a node that failed open for pods if the scenario says so', () => {
    const roll = '{request: upgrade.json, system: cce, drain: {afterFailure: uncordon}}';
    const result = synchronized(2, { force: false }, { cluster, roll });
    expect(outcomesOf(result)).toEqual(['failed', 'inService']);
    expect(eventsOf(result).filter(({ kind, object }) => kind === 'uncordoned' && object === 'Node/workers-1')).toMatchObject([
      { at: minutes(15) },
    ]);
    expect(codesOf(result)).not.toContain('NODES_LEFT_CORDONED');
  });
});
