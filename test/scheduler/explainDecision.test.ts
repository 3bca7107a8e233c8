import { describe, expect, it } from 'vitest';
import { clusterOf } from '../../src/cluster/clusterOf.ts';
import { explainDecision } from '../../src/scheduler/explainDecision.ts';
import { SchedulerState } from '../../src/scheduler/SchedulerState.ts';
import { aNode, aPod, aPodSpec } from '../support/builders.ts';
import { NO_OBJECTS } from '../support/noObjects.ts';

const tainted = { key: 'dedicated', value: 'db', effect: 'NoSchedule' as const };

describe('explainDecision', () => {
  it('names every plugin that refuses a node, not only the first', () => {
    const { nodes } = explain([aNode('full', { cpu: 1, taints: [tainted] }), aNode('free')]);
    expect(nodes.find(({ node }) => node === 'full')?.refusals.map(({ plugin, reasons }) => [plugin, reasons])).toEqual([
      ['TaintToleration', ['node(s) had untolerated taint(s)']],
      ['NodeResourcesFit', ['Insufficient cpu']],
    ]);
  });

  it('scores even a single feasible node, with the parts that add up to its total', () => {
    const { nodes, best } = explain([aNode('full', { cpu: 1 }), aNode('free', { cpu: 4, memory: 16 })]);
    const free = nodes.find(({ node }) => node === 'free');
    // 2 of 4 CPUs and the assumed 200 MiB of 16 GiB: (50 + 98) / 2; half the CPU and no memory: 100 * (1 - 0.25).
    expect(free?.scores.map(({ plugin, weight, normalized }) => [plugin, weight * normalized])).toEqual([
      ['TaintToleration', 300],
      ['NodeResourcesFit', 74],
      ['NodeResourcesBalancedAllocation', 75],
      ['ImageLocality', 0],
    ]);
    expect(free?.total).toBe(449);
    expect(best).toEqual(['free']);
  });

  it('leaves the start of the next search and the count of ties alone', () => {
    const cluster = clusterOf({ ...NO_OBJECTS, nodes: [aNode('a'), aNode('b')] });
    const state = new SchedulerState(cluster, { version: '1.34' });
    state.nextStartIndex = 1;
    explainDecision(state, cluster.addPod(aPod('p')));
    expect([state.nextStartIndex, state.decisions]).toEqual([1, 0]);
  });
});

function explain(nodes: ReturnType<typeof aNode>[]) {
  const cluster = clusterOf({ ...NO_OBJECTS, nodes });
  const pod = cluster.addPod(aPod('pending', { spec: aPodSpec({ cpu: 2 }) }));
  return explainDecision(new SchedulerState(cluster, { version: '1.34' }), pod);
}
