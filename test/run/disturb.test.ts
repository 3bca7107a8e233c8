import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { disturb } from '../../src/run/disturb.ts';
import { run } from '../../src/run/run.ts';
import type { NodeChange } from '../../src/scenario/Scenario.ts';
import { instant, START, seconds } from '../../src/units.ts';
import { aBudget, aNode, aReplicaSet, aStatefulSet } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

describe('disturb', () => {
  it('changes a workload, and its replicas only when told', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, workloads: [aStatefulSet('db', 8)] });
    const workload = { ...aStatefulSet('db', 2), minReadySeconds: 5 };
    disturb(cluster, { at: START, kind: 'change', workload }, START);
    expect(cluster.workloads.get('StatefulSet/default/db')).toMatchObject({ replicas: 8, minReadySeconds: 5 });
    disturb(cluster, { at: START, kind: 'change', workload, replicas: 3 }, START);
    expect(cluster.workloads.get('StatefulSet/default/db')).toMatchObject({ replicas: 3, minReadySeconds: 5 });
  });

  it('changes the spec of a budget, which is then of another generation', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, budgets: [aBudget('db', { maxUnavailable: 1 })] });
    disturb(cluster, { at: START, kind: 'changeBudget', budget: aBudget('db', { minAvailable: 2 }) }, START);
    const [budget] = cluster.budgets.values();
    expect(budget?.description).toMatchObject({ minAvailable: 2 });
    expect(budget).toMatchObject({ generation: 2 });
  });

  it('edits nodes by what their pool has got, in place of what has the same key', () => {
    const given = [{ key: 'gpu', value: 'old', effect: 'NoSchedule' }] as const;
    const cluster = clusterOf({
      ...NO_OBJECTS,
      nodes: [aNode('n1', { taints: given, labels: { disk: 'hdd', mine: 'yes' } }), aNode('n2')],
    });
    const taints = [
      { key: 'gpu', value: 'new', effect: 'NoSchedule' },
      { key: 'gpu', value: 'new', effect: 'NoExecute' },
    ] as const;
    disturb(cluster, { at: START, kind: 'editNodes', nodes: ['n1', 'gone'], labels: { disk: 'ssd' }, taints }, START);
    expect(cluster.nodes.get('n1')).toMatchObject({ taints, labels: { disk: 'ssd', mine: 'yes' } });
    expect(cluster.nodes.get('n2')).toMatchObject({ taints: [] });
  });

  it('changes what is named of a node, and keeps the taint of a cordoned one', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('n1')] });
    const change = (named: NodeChange) => disturb(cluster, { at: START, kind: 'changeNode', node: 'n1', change: named }, START);
    change({ unschedulable: true });
    change({ taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }], labels: { disk: 'ssd' } });
    const node = cluster.nodes.get('n1');
    expect(node).toMatchObject({ unschedulable: true, labels: { disk: 'ssd' } });
    expect(node?.taints.map(({ key }) => key)).toEqual(['gpu', 'node.kubernetes.io/unschedulable']);
    change({ unschedulable: false });
    expect(node?.taints.map(({ key }) => key)).toEqual(['gpu']);
  });

  it.each([
    ['limits', { maxUnavailable: 1 }],
    ['selector', { maxUnavailable: 0, selector: undefined }],
  ])('lets a drain go on that waits for a budget whose %s change', (_what, limits) => {
    const scenario = aScenario({
      cluster: {
        nodes: [aNode('n1'), aNode('n2')],
        workloads: [aReplicaSet('web', 2)],
        budgets: [aBudget('web', { maxUnavailable: 0 })],
      },
      timing: aTiming({ ready: seconds(5), exit: seconds(5) }),
      disturbances: [{ at: instant(600_000), kind: 'changeBudget', budget: aBudget('web', limits) }],
    });
    const { nodes } = run(scenario, '1').roll;
    expect(nodes.map(({ drainedAt }) => (drainedAt ?? 0) > 600_000)).toEqual([true, true]);
  });

  it.each([
    ['up', 8, { times: [0, 60_000, 65_000], values: [1, 0.25, 1] }],
    ['to nothing', 0, undefined],
  ])('counts the Ready pods of a workload that is scaled %s against those desired at the time', (_what, replicas, share) => {
    const disturbances = [{ at: instant(60_000), kind: 'scale' as const, workload: 'ReplicaSet/default/web', replicas }];
    const cluster = { nodes: [aNode('n1'), aNode('n2')], workloads: [aReplicaSet('web', 2)] };
    const roll = { nodes: [] };
    const { series } = run(aScenario({ cluster, timing: aTiming({ ready: seconds(5), exit: seconds(5) }), disturbances, roll }), '1');
    expect(series.ready[0]?.share).toEqual(share);
  });
});
