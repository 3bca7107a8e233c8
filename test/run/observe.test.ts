import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import { runFiguresOf } from '../../src/experiments/RunFigures.ts';
import { figuresOfRun } from '../../src/experiments/rollFigures.ts';
import { NO_EVENTS } from '../../src/run/EventColumns.ts';
import { run } from '../../src/run/run.ts';

const incidents = readdirSync('scenarios/incidents').map((file) => `scenarios/incidents/${file}`);

describe('a run that keeps figures only', () => {
  it.each(incidents)('has the same ones as the whole run of %s', (file) => {
    const scenario = loadScenario(file, new Map());
    const [whole, small] = [run(scenario, scenario.seed), run(scenario, scenario.seed, 'figures')];
    expect(runFiguresOf(small)).toEqual(runFiguresOf(whole));
    expect(figuresOfRun(small)).toEqual(figuresOfRun(whole));
    expect({ ...small, workloads: [] }).toEqual({
      ...{ ...whole, workloads: [], findings: [], pods: [], events: NO_EVENTS },
      series: { nodesAway: NO_STEPS, podsPending: NO_STEPS, headroom: { cpu: NO_STEPS, memory: NO_STEPS, pods: NO_STEPS }, ready: [] },
    });
    const figures = ({ outages, lostData: _, ...workload }: (typeof whole.workloads)[number]) => ({
      ...workload,
      outages: outages.map(({ cause: __, ...outage }) => outage),
    });
    expect(small.workloads.map(figures)).toEqual(whole.workloads.map(figures));
  });
});

const NO_STEPS = { times: [], values: [] };
