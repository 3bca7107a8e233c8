import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../../src/cluster/ClusterObjects.ts';
import type { PodDescription } from '../../../src/cluster/Pod.ts';
import type { RollPlan } from '../../../src/rolls/RollPlan.ts';
import { run } from '../../../src/run/run.ts';
import { NEVER, seconds } from '../../../src/units.ts';
import { aBudget, aNode, aPod, aReplicaSet } from '../../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../../support/scenarios.ts';

const replica = (app: string, id: number, nodeName: string): PodDescription =>
  aPod(`${app}-${id}`, { labels: { app }, owner: { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: app }, nodeName, cpu: 1 });

const { drain: forced } = aRoll({ nodes: [] });
const drain = { ...forced, timeout: NEVER };

/** Two nodes that hold three replicas each of x and y, one of which may be away. */
const crossed = {
  nodes: [aNode('a', { cpu: 6 }), aNode('b', { cpu: 6 })],
  workloads: [aReplicaSet('x', 3, { cpu: 1 }), aReplicaSet('y', 3, { cpu: 1 })],
  pods: [
    replica('x', 1, 'a'),
    replica('x', 2, 'a'),
    replica('y', 1, 'a'),
    replica('x', 3, 'b'),
    replica('y', 2, 'b'),
    replica('y', 3, 'b'),
  ],
  budgets: [aBudget('x', { maxUnavailable: 1 }), aBudget('y', { maxUnavailable: 1 })],
};

function findings(cluster: Partial<ClusterObjects>, roll: Partial<RollPlan>) {
  return run(aScenario({ cluster, roll: { drain, ...roll } }), '1').findings.map(({ code, object, message }) => ({
    code,
    object,
    message,
  }));
}

describe('drains that wait for one another', () => {
  it('are printed as a chain that comes back to where it began', () => {
    const cycle = findings(crossed, { maxUnavailable: 2 }).find(({ code }) => code === 'WAIT_FOR_CYCLE');
    expect(cycle?.object).toBe('Node/a');
    const [first, second, ...rest] = cycle?.message.split('; ') ?? [];
    expect(first).toMatch(
      /the drain of a waits for budget default\/x, which refuses default\/x-\d because default\/x-\S+ is pending .* b$/,
    );
    expect(second).toMatch(
      /^the drain of b waits for budget default\/y, which refuses default\/y-\d because default\/y-\S+ is pending .* a$/,
    );
    expect(rest).toEqual([]);
  });

  it('do not occur when one node is drained at a time', () => {
    expect(findings(crossed, { maxUnavailable: 1 }).map(({ code }) => code)).toEqual(['NODES_LEFT_EMPTY']);
  });

  it('may be a single drain whose budget is short of a pod that fits only on its own node', () => {
    const cluster = {
      nodes: [aNode('a', { cpu: 4 }), aNode('b', { cpu: 1 })],
      workloads: [aReplicaSet('x', 2, { cpu: 2 })],
      pods: [1, 2].map((id) => aPod(`x-${id}`, { ...replica('x', id, 'a'), cpu: 2 })),
      budgets: [aBudget('x', { maxUnavailable: 1 })],
    };
    const cycle = findings(cluster, { nodes: ['a'] }).find(({ code }) => code === 'WAIT_FOR_CYCLE');
    expect(cycle?.message).toMatch(
      /circle: the drain of a waits for budget default\/x, which refuses default\/x-\d because default\/x-\S+ is pending and fits only on a, which is cordoned$/,
    );
  });
});

describe('a budget that never allows', () => {
  const single = {
    nodes: [aNode('a'), aNode('b')],
    workloads: [aReplicaSet('x', 1, { cpu: 1 })],
    pods: [replica('x', 1, 'a')],
    budgets: [aBudget('x', { minAvailable: 1 })],
  };

  it('is named with the pod and the figures, and not taken for a circle', () => {
    const found = findings(single, { nodes: ['a'] });
    expect(found.map(({ code }) => code)).toEqual(['BUDGET_STUCK', 'NODE_STUCK']);
    expect(found[0]).toMatchObject({ object: 'PodDisruptionBudget/default/x' });
    expect(found[0]?.message).toMatch(/^it refuses default\/x-1 on a and .*: 1 of 1 pods healthy, 1 needed, 0 disruptions allowed$/);
  });

  it('is told with the pod that has used it up', () => {
    const pods = [replica('x', 1, 'a'), { ...replica('x', 2, 'b'), ready: false }];
    const cluster = { ...single, pods, workloads: [aReplicaSet('x', 2, { cpu: 1 })] };
    const { findings: found } = run(aScenario({ cluster, roll: { drain, nodes: ['a'] }, timing: aTiming({ ready: NEVER }) }), '1');
    expect(found[0]?.message).toMatch(
      /1 of 2 pods healthy, 1 needed, 0 disruptions allowed; not healthy: default\/x-2 \(not Ready on b\)$/,
    );
  });
});

describe('a budget that is stuck', () => {
  const stuck = (cluster: Partial<ClusterObjects>, roll: Partial<RollPlan>) =>
    run(aScenario({ cluster, roll }), '1', 'figures')
      .budgets.filter((budget) => budget.stuck)
      .map(({ name }) => name);

  it('is one that still refuses, not one that has let go of a node which is', () => {
    const cluster = {
      nodes: [aNode('a'), aNode('b')],
      workloads: [aReplicaSet('lets', 2, { cpu: 1 }), aReplicaSet('never', 1, { cpu: 1 })],
      pods: [replica('lets', 1, 'a'), replica('lets', 2, 'a'), replica('never', 1, 'a')],
      budgets: [aBudget('lets', { maxUnavailable: 1 }), aBudget('never', { minAvailable: 1 })],
    };
    const [lets, never] = run(aScenario({ cluster, roll: { drain, nodes: ['a'] } }), '1').budgets;
    expect(lets?.refusals).toBeGreaterThan(0);
    expect([lets?.stuck, never?.stuck]).toEqual([false, true]);
  });

  it.each(['failNode', 'failRoll'] as const)('may have failed its node: %s', (onTimeout) => {
    const cluster = { nodes: [aNode('a'), aNode('b')], workloads: [aReplicaSet('x', 1, { cpu: 1 })], pods: [replica('x', 1, 'a')] };
    const failing = { drain: { ...forced, onTimeout } };
    expect(stuck({ ...cluster, budgets: [aBudget('x', { minAvailable: 1 })] }, failing)).toEqual(['x']);
    expect(stuck({ ...cluster, budgets: [aBudget('x', { maxUnavailable: 1 })] }, failing)).toEqual([]);
  });

  it('is none that would allow it when the drain has given up', () => {
    const cluster = {
      nodes: [aNode('a'), aNode('b')],
      workloads: [aReplicaSet('x', 2, { cpu: 1 })],
      pods: [replica('x', 1, 'a'), replica('x', 2, 'a')],
      budgets: [aBudget('x', { maxUnavailable: 1 })],
    };
    const impatient = { drain: { ...forced, onTimeout: 'failNode' as const, timeout: seconds(5) }, nodes: ['a'] };
    expect(run(aScenario({ cluster, roll: impatient }), '1').roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed']);
    expect(stuck(cluster, impatient)).toEqual([]);
  });
});

describe('a pod under two budgets', () => {
  it('is named with both, as an error that waiting does not mend', () => {
    const cluster = {
      nodes: [aNode('a'), aNode('b')],
      workloads: [aReplicaSet('x', 2, { cpu: 1 })],
      pods: [replica('x', 1, 'a'), replica('x', 2, 'b')],
      budgets: [aBudget('x', { maxUnavailable: 1 }), { ...aBudget('x', { maxUnavailable: 1 }), name: 'x-too' }],
    };
    const [found] = findings(cluster, { nodes: ['a'] });
    expect(found).toMatchObject({ code: 'EVICTION_FAILS', object: 'Pod/default/x-1' });
    expect(found?.message).toContain('2 budgets (default/x, default/x-too)');
  });
});

describe('a drain that the horizon cuts off', () => {
  it('is not said to wait for ever', () => {
    const cluster = {
      nodes: [aNode('a', { cpu: 2 }), aNode('b', { cpu: 2 })],
      workloads: [aReplicaSet('x', 2, { cpu: 1 })],
      pods: [replica('x', 1, 'a'), replica('x', 2, 'a')],
      budgets: [aBudget('x', { maxUnavailable: 1 })],
    };
    const { findings } = run(aScenario({ cluster, roll: { drain, nodes: ['a'] }, horizon: seconds(8) }), '1');
    const [budget] = findings.filter(({ code }) => code === 'BUDGET_STUCK');
    expect(budget?.message).toMatch(/^it refuses default\/x-\d on a at the horizon: 1 of 2 pods healthy/);
  });
});

describe('a budget that a pod holds which was pending before', () => {
  it('is no circle: the pod fits on no node, cordoned or not', () => {
    const cluster = {
      nodes: [aNode('a', { cpu: 2 }), aNode('b', { cpu: 2 })],
      workloads: [aReplicaSet('x', 3, { cpu: 1.5 })],
      budgets: [aBudget('x', { maxUnavailable: 1 })],
    };
    const found = findings(cluster, {});
    expect(found.map(({ code }) => code)).toEqual(['BUDGET_STUCK', 'NODE_STUCK', 'NODE_NOT_STARTED', 'PENDING_BEFORE']);
    expect(found[0]?.message).toMatch(/: 2 of 3 pods healthy, 2 needed, 0 disruptions allowed; not healthy: default\/x-\S+ \(pending\)$/);
    expect(found[2]).toMatchObject({ object: 'Node/b', message: 'the node was not reached: the roll gets stuck before' });
  });
});

describe('many pods of one node', () => {
  const cluster = (...budgets: string[]) => ({
    nodes: [aNode('a', { cpu: 16 }), aNode('b', { cpu: 16 }), aNode('c', { cpu: 16 })],
    workloads: [aReplicaSet('x', 8, { cpu: 1 })],
    pods: Array.from({ length: 8 }, (_, index) => replica('x', index + 1, 'a')),
    budgets: budgets.map((name) => ({ ...aBudget('x', { maxUnavailable: 0 }), name })),
  });
  const failing = { drain: { ...forced, onTimeout: 'failRoll' } } as const;

  it('are named only in part, and none is missing that could be brought back', () => {
    const { findings: found } = run(aScenario({ cluster: cluster('x'), roll: failing }), '1');
    const stuck = found.find(({ code }) => code === 'BUDGET_STUCK');
    expect(stuck?.message).toMatch(
      /^it refuses (default\/x-\d on a, ){4}default\/x-\d on a and 3 more and nothing .*: 8 of 8 pods healthy/,
    );
    expect(stuck?.hint).toBe('add a replica, or let the budget allow a disruption');
    const failed = found.find(({ code }) => code === 'NODE_FAILED');
    expect(failed?.message).toMatch(/timed out: (default\/x-\d, ){4}default\/x-\d and 3 more; its drain waited/);
  });

  it('have one finding where two budgets select them', () => {
    const found = findings(cluster('x', 'y'), failing).filter(({ code }) => code === 'EVICTION_FAILS');
    expect(found).toMatchObject([{ object: expect.stringMatching(/^Pod\/default\/x-\d$/) }]);
    expect(found[0]?.message).toMatch(
      /^it and 7 other pods stay on a: 2 budgets \(default\/x, default\/y\) select them, so every eviction fails/,
    );
  });

  it('keep others from their turn, which are one finding', () => {
    expect(findings(cluster('x'), failing).filter(({ code }) => code === 'NODE_NOT_STARTED')).toEqual([
      { code: 'NODE_NOT_STARTED', object: 'Cluster', message: '2 nodes were not reached (b, c): a node failed and the plan stops then' },
    ]);
  });
});
