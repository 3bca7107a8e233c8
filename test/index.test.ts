import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cellsOver, type LoadedObjects, parseScenario, parseText, referencedSources, run, runSerially, sweep } from '../src/index.ts';

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

  it('reads a scenario with the dump and the request that it names', () => {
    const file = fileURLToPath(new URL('../scenarios/dump-roll.yaml', import.meta.url));
    const read = (path: string) => readFileSync(join(dirname(file), path), 'utf8');
    const objects = (path: string): LoadedObjects => {
      const { documents, faults } = parseText(read(path), path);
      return {
        read(reader) {
          reader.read(documents);
          return faults;
        },
      };
    };
    const dumpRoll = readFileSync(file, 'utf8');
    const { load, files } = referencedSources(dumpRoll, file);
    const loaded = new Map(load.map((path) => [path, objects(path)]));
    const scenario = parseScenario({ text: dumpRoll, file, loaded, files: new Map(files.map((path) => [path, read(path)])) });
    expect(scenario.cluster.nodes).toHaveLength(10);
    expect(run(scenario, scenario.seed).roll.outcome).toBe('completed');
  });

  it('sweeps a scenario', async () => {
    const cells = cellsOver(parseScenario({ text, file: 'library.yaml' }), [1, 2]);
    const { recommended } = await sweep(cells, { replications: 1, runBatch: runSerially, version: 'test' });
    expect(recommended?.factors).toEqual({ maxUnavailable: 1 });
  });
});
