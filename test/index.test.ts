import { describe, expect, it } from 'vitest';
import { cellsOver, parseScenario, run, runSerially, sweep } from '../src/index.ts';

const text = `
apiVersion: rollcast/v1
kind: Scenario
metadata: {name: library}
spec:
  cluster:
    nodePools: [{name: workers, nodes: 3, allocatable: {cpu: "4", memory: 16Gi, pods: 110}}]
    workloads: [{name: web, replicas: 8, requests: {cpu: "1"}}]
  roll: {preset: cce-sync, pool: workers, maxUnavailable: 1}
`;

describe('the library', () => {
  it('forecasts a scenario from its text', () => {
    const scenario = parseScenario({ text, file: 'library.yaml' });
    expect(run(scenario, scenario.seed).roll).toMatchObject({ outcome: 'completed', maxUnavailable: 1 });
  });

  it('sweeps a scenario', async () => {
    const cells = cellsOver(parseScenario({ text, file: 'library.yaml' }), [1, 2]);
    const { recommended } = await sweep(cells, { replications: 1, runBatch: runSerially, version: 'test' });
    expect(recommended?.factors).toEqual({ maxUnavailable: 1 });
  });
});
