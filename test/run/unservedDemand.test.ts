import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { toSeconds } from '../../src/units.ts';
import { aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

describe('unserved demand', () => {
  it.each([
    { rate: 333.3, perReplica: 111.1, lost: 0 },
    { rate: 333.4, perReplica: 111.1, lost: 0.1 },
  ])('of $rate requests per second to three replicas that serve $perReplica each is $lost each second', ({ rate, perReplica, lost }) => {
    const nodes = [aNode('empty'), aNode('n1')];
    const scenario = aScenario({
      cluster: { nodes, workloads: [aDeployment('web', 3, { cpu: 1, nodeSelector: { 'kubernetes.io/hostname': 'n1' } })] },
      roll: { nodes: ['empty'] },
      demand: [{ match: {}, requestsPerSecond: Array.from({ length: 168 }, () => rate), perReplica }],
      objectives: [{ name: 'served', probability: 1, goal: { kind: 'maxUnservedRequests', limit: 0 } }],
    });
    const { unservedRequests, endedAt, objectives } = run(scenario, '1');
    expect(unservedRequests).toBeCloseTo(lost * toSeconds(endedAt), 6);
    expect(objectives[0]?.outcome).toBe(lost === 0 ? 'holds' : 'fails');
  });
});
