import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { readScenario } from '../support/scenarioText.ts';

/** A roll of two nodes, the first of which holds all pods of `workload`. */
function rolled(workload: string, drain: string, more: Readonly<Record<string, string>> = {}) {
  const scenario = readScenario({
    cluster: `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 16Gi}}],
      workloads: [{name: web, nodeSelector: {kubernetes.io/hostname: workers-1}, ${workload}}]}`,
    roll: `{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: ${drain}}`,
    ...more,
  });
  return run(scenario, '1');
}

describe('a drain that deletes', () => {
  it('kills pods against their budget, and says that it did not ask', () => {
    const objectives = '[{name: no kills, maxForcedKills: 0}]';
    const { roll, findings, objectives: judged } = rolled('replicas: 2, budget: {maxUnavailable: 1}', '{mode: delete}', { objectives });
    expect(roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([1, 0]);
    expect(findings).toMatchObject([
      { code: 'BUDGET_VIOLATED', object: 'Node/workers-1', message: expect.stringMatching(/^1 pod was deleted although .* does not ask$/) },
    ]);
    expect(judged.map(({ outcome }) => outcome)).toEqual(['fails']);
  });

  it('kills none that could be evicted', () => {
    const { roll, findings } = rolled('replicas: 2, budget: {maxUnavailable: 2}', '{mode: delete}');
    expect(roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([0, 0]);
    expect(findings).toEqual([]);
  });
});
