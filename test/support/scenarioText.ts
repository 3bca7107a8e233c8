import { type Fault, RollError } from '../../src/errors.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import { parseScenario, type ScenarioInput } from '../../src/scenario/parseScenario.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';

/** A scenario of ten nodes `workers-1` … `workers-10` in pool `workers` and a Deployment `shop`; `spec` replaces or adds sections, each on lines of its own. */
export function scenarioText(spec: Readonly<Record<string, string>> = {}): string {
  const sections = {
    cluster: '{nodePools: [{name: workers, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: shop}]}',
    roll: '{preset: cce-sync, pool: workers, maxUnavailable: 3}',
    ...spec,
  };
  const lines = Object.entries(sections).map(([name, value]) => `  ${name}: ${value}`);
  return ['apiVersion: rollcast/v1', 'kind: Scenario', 'metadata: {name: case}', 'spec:', ...lines, ''].join('\n');
}

/** The scenario of ten nodes with `spec` in it, read. */
export function readScenario(spec: Readonly<Record<string, string>> = {}, more: Partial<ScenarioInput> = {}): Scenario {
  return parseScenario({ text: scenarioText(spec), file: 'case.yaml', ...more });
}

/** What becomes of the scenario of ten nodes with `spec` in it. */
export function runText(spec: Readonly<Record<string, string>> = {}, more: Partial<ScenarioInput> = {}): RunResult {
  const scenario = readScenario(spec, more);
  return run(scenario, scenario.seed);
}

/** What is wrong with the scenario of ten nodes with `spec` in it; none when it can be read. */
export function faultsIn(spec: Readonly<Record<string, string>>, more: Partial<ScenarioInput> = {}): readonly Fault[] {
  try {
    readScenario(spec, more);
    return [];
  } catch (error) {
    if (error instanceof RollError) return error.faults;
    throw error;
  }
}

/** `path: message` of each fault, for comparing several at once. */
export function summaryOf(faults: readonly Fault[]): readonly string[] {
  return faults.map(({ path, message }) => `${path ?? ''}: ${message}`);
}
