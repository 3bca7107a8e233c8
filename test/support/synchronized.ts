import type { RunResult } from '../../src/run/RunResult.ts';
import { runText } from './scenarioText.ts';

/** Text of a pool `workers` of `nodes` nodes of 4 CPU each; `more` are further fields of it. */
export function poolText(nodes: number, more = ''): string {
  return `nodePools: [{name: workers, nodes: ${nodes}, allocatable: {cpu: 4, memory: 16Gi}${more}}]`;
}

/** Runs an UpgradeNodePool request with `spec` in it for a pool of `nodes` nodes; `sections` replace those of the scenario. */
export function synchronized(nodes: number, spec: object, sections: Readonly<Record<string, string>> = {}): RunResult {
  const request = JSON.stringify({ spec: { maxUnavailable: 1, nodePoolID: 'workers', ...spec } });
  const given = {
    cluster: `{${poolText(nodes)}}`,
    timing: '{nodes: [{reset: 8m}], pods: [{ready: 25s, exit: 10s}]}',
    roll: '{request: upgrade.json, system: cce}',
    ...sections,
  };
  return runText(given, { files: new Map([['upgrade.json', request]]) });
}
