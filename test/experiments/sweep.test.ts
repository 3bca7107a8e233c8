import { describe, expect, it } from 'vitest';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { cellsOver, sweep } from '../../src/experiments/sweep.ts';
import { minutes } from '../../src/units.ts';
import { aBudget, aDeployment, aNode } from '../support/builders.ts';
import { aScenario } from '../support/scenarios.ts';

const options = { replications: 1, runBatch: runSerially, version: '0.0.0' };

/** `count` nodes of 4 CPU, and 12 pods of 1 CPU. */
function tight(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => aNode(`n${index}`));
  return aScenario({ cluster: { nodes, workloads: [aDeployment('web', 12, { cpu: 1 })] } });
}

describe('sweep', () => {
  it('recommends the largest maxUnavailable that leaves no pod pending, and says why not one more', async () => {
    const { recommended, cells } = await sweep(cellsOver(tight(5), [1, 2, 3, 4]), options);
    expect(cells.map(({ verdict }) => verdict.outcome)).toEqual(['holds', 'holds', 'fails', 'fails']);
    expect(recommended?.factors).toEqual({ maxUnavailable: 2 });
    expect(recommended?.reason).toContain('3 does not: no pod has to wait for a node');
  });

  it('recommends less when a node is taken away', async () => {
    const { recommended } = await sweep(cellsOver(tight(4), [1, 2, 3]), options);
    expect(recommended?.factors).toEqual({ maxUnavailable: 1 });
  });

  it('recommends nothing when every setting fails', async () => {
    const { recommended } = await sweep(cellsOver(tight(3), [1, 2]), options);
    expect(recommended).toBeNull();
  });

  it('tells which settings no other one beats in duration and outage, of those that complete', async () => {
    const { cells, paretoFront } = await sweep(cellsOver(tight(5), [1, 2, 5]), options);
    expect(cells.map(({ metrics }) => metrics.outageSeconds > 0)).toEqual([false, false, true]);
    expect(paretoFront).toEqual([{ maxUnavailable: 5 }, { maxUnavailable: 2 }]);
    const blocked = tight(5);
    const budgets = [aBudget('web', { maxUnavailable: 0 })];
    const failing = { ...blocked.roll.drain, timeout: minutes(1), onTimeout: 'failNode' as const };
    const scenario = { ...blocked, cluster: { ...blocked.cluster, budgets }, roll: { ...blocked.roll, drain: failing } };
    expect((await sweep(cellsOver(scenario, [1, 2]), options)).paretoFront).toEqual([]);
  });

  it('lists the inputs that all settings share, and whatever one of them leaves out', async () => {
    const input = (name: string, value: string) => ({ name, value, origin: 'assumed' as const });
    const [shared, pool] = [input('timing.nodes[0].reset', '8m'), input('roll.pool', 'workers')];
    const plain = { ...tight(5), inputs: [shared, input('roll.maxUnavailable', '1'), input('roll.pacing', 'barrier'), pool] };
    const exact = { ...plain, latencies: 'measured' as const, inputs: [...plain.inputs.slice(0, 3), input('roll.pool', 'others')] };
    const { inputs, notModelled } = await sweep([...cellsOver(plain, [1, 2]), ...cellsOver(exact, [1, 2])], options);
    expect(inputs).toEqual([shared, input('roll.pacing', 'barrier')]);
    const latencies = notModelled.map(({ what }) => what).filter((what) => what.startsWith('Latency'));
    expect(latencies).toHaveLength(2);
  });

  it('tells the figures of every setting', async () => {
    const { cells } = await sweep(cellsOver(tight(4), [1, 2]), options);
    expect(cells.map(({ metrics }) => metrics.peakPending)).toEqual([0, 4]);
    expect(cells[1]?.metrics.pendingPodSeconds).toBeGreaterThan(4 * 8 * 60 - 1);
    expect(cells.map(({ metrics }) => metrics.failedAttempts > 0)).toEqual([false, true]);
  });
});
