import { describe, expect, it } from 'vitest';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import { forecastSections } from '../../src/reports/rows.ts';
import { readScenario } from '../support/scenarioText.ts';

/** Where the one pod of `single` is follows from a tie: on the node that is reset, or on the other. The pods of `calm` are always on the other. */
const scenario = readScenario({
  cluster: `{
    nodePools: [
      {name: workers, nodes: 2, allocatable: {cpu: 8, memory: 32Gi}},
      {name: others, nodes: 1, allocatable: {cpu: 8, memory: 32Gi}, taints: [{key: a, effect: NoSchedule}]}
    ],
    workloads: [
      {name: single, replicas: 1},
      {name: calm, replicas: 2, nodeSelector: {kubernetes.io/hostname: others-1}, tolerations: [{operator: Exists}]}
    ]
  }`.replaceAll(/\s+/g, ' '),
  roll: '{preset: cce-sync, nodes: {names: [workers-1]}, maxUnavailable: 1}',
  objectives: '[{maxOutage: 0s}]',
});
const replications = 40;
const forecast = async (count = replications) =>
  (await replicate(scenario, { replications: count, runBatch: runSerially, version: '0' })).forecast;

describe('the figures of a workload over all replications', () => {
  it('are the spread of how long it fell short, with the runs in which it did not as zero', async () => {
    const { workloads, verdict } = await forecast();
    const { outageSeconds, degradedSeconds, belowFloorSeconds } = workloads.find(({ name }) => name === 'single')?.metrics ?? {};
    const down = Math.round((1 - (verdict.objectives[0]?.probability ?? 0)) * replications);
    expect(down).toBeGreaterThan(0);
    expect(down).toBeLessThan(replications);
    expect(outageSeconds).toMatchObject({ runs: down, min: 0, max: 10, mean: (10 * down) / replications });
    expect(degradedSeconds).toEqual(outageSeconds);
    expect(belowFloorSeconds).toBeUndefined();
  });

  it('are left out for a workload that never falls short, and for a single run', async () => {
    const { workloads } = await forecast();
    expect(workloads.find(({ name }) => name === 'calm')).not.toHaveProperty('metrics');
    for (const workload of (await forecast(1)).workloads) expect(workload).not.toHaveProperty('metrics');
  });

  it('stand in a table before the run that is shown in full', async () => {
    const many = await forecast();
    const sections = forecastSections(many, 20);
    const table = sections.find(({ title }) => title === 'Workloads over all runs')?.table;
    expect(table?.rows.map(({ cells: [workload, how, runs] }) => `${workload} ${how} ${runs}`)).toEqual([
      `Deployment default/single down ${many.workloads[1]?.metrics?.outageSeconds?.runs}`,
      `Deployment default/single degraded ${many.workloads[1]?.metrics?.degradedSeconds?.runs}`,
    ]);
    const titles = sections.map(({ title }) => title);
    expect(titles.indexOf('Workloads over all runs')).toBeLessThan(titles.indexOf('The roll'));
    expect(sections.find(({ title }) => title === 'The roll')?.lead).toContain(`(seed ${many.shownSeed})`);
  });
});
