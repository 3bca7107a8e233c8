import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parseScenario.ts';
import { STARTER_SCENARIO } from '../../src/scenario/starterScenario.ts';

describe('the starter scenario', () => {
  it('is a scenario with six nodes and two workloads', () => {
    const scenario = parseScenario({ text: STARTER_SCENARIO, file: 'first-roll.yaml' });
    expect(scenario.cluster.nodes.map(({ name }) => name)).toEqual([
      'workers-1',
      'workers-2',
      'workers-3',
      'workers-4',
      'workers-5',
      'workers-6',
    ]);
    expect(scenario.cluster.workloads.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['Deployment/shop', 'StatefulSet/orders']);
    expect(scenario.roll).toMatchObject({
      pool: 'workers',
      maxUnavailable: 2,
      nodes: ['workers-1', 'workers-2', 'workers-3', 'workers-4', 'workers-5', 'workers-6'],
    });
  });
});
