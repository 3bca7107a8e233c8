import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../src/run/RunResult.ts';
import { minutes } from '../../../src/units.ts';
import { runText } from '../../support/scenarioText.ts';
import { poolText } from '../../support/synchronized.ts';

const outcomesOf = ({ roll }: RunResult) => roll.nodes.map(({ outcome }) => outcome);
const endsOf = ({ roll }: RunResult) => roll.nodes.map(({ endedAt }) => endedAt);

/** Upgrades a pool of `nodes` nodes in place; `knobs` and the sections of `spec` replace what is given here. */
function upgraded(nodes: number, knobs: string, spec: Readonly<Record<string, string>> = {}) {
  return runText({
    cluster: `{${poolText(nodes)}}`,
    timing: '{nodes: [{reset: 10m}]}',
    roll: `{preset: hypershift-inplace, pool: workers${knobs}}`,
    ...spec,
  });
}

/** Resets of ten minutes but for those of `names`. */
const slow = (reset: string) => `{nodes: [{match: {names: [workers-1]}, reset: ${reset}}, {reset: 10m}]}`;

describe('an upgrade of a HyperShift NodePool in place', () => {
  it('takes one node after the other unless told otherwise, and makes no new ones', () => {
    const { roll } = upgraded(3, '');
    expect(roll).toMatchObject({ outcome: 'completed', maxUnavailable: 1, duration: minutes(30) });
    expect(roll.nodes.map(({ node }) => node)).toEqual(['workers-1', 'workers-2', 'workers-3']);
  });

  it('fills each place as soon as it is free', () => {
    expect(upgraded(4, ', maxUnavailable: 2').roll.duration).toBe(minutes(20));
    const held = upgraded(4, ', maxUnavailable: 2', { timing: slow('30m') });
    expect(endsOf(held)).toEqual([30, 10, 20, 30].map(minutes));
  });

  it('starts no more nodes than there are', () => {
    const { roll } = upgraded(2, ', maxUnavailable: 5');
    expect(roll).toMatchObject({ outcome: 'completed', duration: minutes(10), batches: [{ nodes: ['workers-1', 'workers-2'] }] });
  });

  it.each([
    [6, 1, 'rounded down', ''],
    [10, 3, 'of its replicas', ''],
    [2, 1, 'never none', ''],
    [10, 1, 'for a pool that scales itself has no number of replicas', ', autoscaled: true'],
    [10, 3, 'of its replicas', ', autoscaled: false'],
  ])('takes 30%% of %i nodes as %i, %s', (nodes, maxUnavailable, _, pool) => {
    const { roll } = upgraded(nodes, ', maxUnavailable: 30%', { cluster: `{${poolText(nodes, pool)}}` });
    expect(roll.maxUnavailable).toBe(maxUnavailable);
  });

  it('waits for ever for a budget that never allows an eviction, whatever time the NodePool gives to drains', () => {
    const cluster = `{${poolText(2)}, workloads: [{name: shop, replicas: 1, budget: {maxUnavailable: 0}}]}`;
    const result = upgraded(2, ', drain: {timeout: 10m}', { cluster });
    expect(result.roll.outcome).toBe('stuck');
    expect(outcomesOf(result)).toContain('stuck');
    const stuck = result.findings.find(({ code }) => code === 'BUDGET_STUCK');
    expect(stuck?.message).toMatch(/it refuses default\/shop-\S+ on workers-\d/);
  });

  it('starts no further node once one is degraded, and finishes those under way', () => {
    const timing = '{nodes: [{match: {names: [workers-1]}, reset: {constant: 1m, never: 1}}, {reset: 3m}]}';
    const result = upgraded(5, ', maxUnavailable: 2, failure: {readyTimeout: 4m}', { timing });
    expect(outcomesOf(result)).toEqual(['failed', 'inService', 'inService', 'notStarted', 'notStarted']);
    expect(endsOf(result).slice(0, 3)).toEqual([4, 3, 6].map(minutes));
  });

  it('does not count nodes that are not Ready or cordoned by hand among those away', () => {
    const node = (name: string, spec: string, status: string) =>
      `{apiVersion: v1, kind: Node, metadata: {name: ${name}, labels: {rollcast.io/pool: workers}}, spec: {${spec}},
        status: {allocatable: {cpu: "4", memory: 16Gi}, conditions: [{type: Ready, status: "${status}"}]}}`;
    const objects = [node('a', '', 'True'), node('b', '', 'False'), node('c', 'unschedulable: true', 'True'), node('d', '', 'True')];
    const { roll } = upgraded(0, '', { cluster: `{objects: [${objects.join(', ')}]}` });
    expect(roll.nodes.map(({ node, cordonedAt }) => [node, cordonedAt])[0]).toEqual(['a', 0]);
  });
});
