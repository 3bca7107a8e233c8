import { describe, expect, it } from 'vitest';
import { isDeterministic } from '../../src/experiments/isDeterministic.ts';
import { run } from '../../src/run/run.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { aBudget, aDeployment, aNode, aStatefulSet } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

function scenarioWith(latencies: Pick<Scenario, 'latencies'>): Scenario {
  const nodes = Array.from({ length: 4 }, (_, index) => aNode(`n${index + 1}`));
  const workloads = [aDeployment('web', 6, { cpu: 1 }), aStatefulSet('db', 3, { cpu: 1 })];
  const budgets = ['web', 'db'].map((name) => aBudget(name, { maxUnavailable: 1 }));
  return aScenario({ cluster: { nodes, workloads, budgets }, ...latencies });
}

/** Milliseconds from the deletion timestamp of each pod of `web` to the next creation of one. */
function replacementTimes(latencies: Pick<Scenario, 'latencies'>, seed: string): number[] {
  const changes: { readonly kind: string; readonly at: number }[] = [];
  run(scenarioWith(latencies), seed, 'figures', ({ sim, cluster }) =>
    cluster.subscribe((change) => {
      if ('pod' in change && change.pod.labels.app === 'web') changes.push({ kind: change.kind, at: sim.now });
    }),
  );
  const added = changes.filter(({ kind }) => kind === 'podAdded').map(({ at }) => at);
  return changes.filter(({ kind }) => kind === 'podTerminating').map(({ at }) => (added.find((one) => one >= at) ?? Number.NaN) - at);
}

describe('a run with measured latencies', () => {
  it('ends as the plain one does', () => {
    const [plain, measured] = [run(scenarioWith({}), '1'), run(scenarioWith({ latencies: 'measured' }), '1')];
    expect(measured.roll.outcome).toBe('completed');
    expect(measured.scheduling.neverScheduled).toEqual([]);
    expect(Math.abs(measured.roll.duration - plain.roll.duration)).toBeLessThan(0.02 * plain.roll.duration);
  });

  it('replaces pods after at most 641 ms, at once without', () => {
    const times = replacementTimes({ latencies: 'measured' }, '1');
    expect(times.length).toBeGreaterThanOrEqual(6);
    expect(Math.max(...times)).toBeGreaterThan(0);
    expect(Math.max(...times)).toBeLessThanOrEqual(641);
    expect(replacementTimes({}, '1').every((time) => time === 0)).toBe(true);
  });

  it('gives the same for one seed and is no more a matter of arithmetic alone', () => {
    const scenario = scenarioWith({ latencies: 'measured' });
    expect(run(scenario, '7').events).toEqual(run(scenario, '7').events);
    expect(run(scenario, '7').events).not.toEqual(run(scenario, '8').events);
    expect(isDeterministic(scenarioWith({}))).toBe(true);
    expect(isDeterministic(scenario)).toBe(false);
  });
});
