import { describe, expect, it } from 'vitest';
import type { ForecastReport } from '../../src/experiments/Forecast.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import { writeSeconds } from '../../src/reports/figures.ts';
import { resultsJson } from '../../src/reports/resultsJson.ts';
import { forecastSections } from '../../src/reports/rows.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { minutes, NEVER } from '../../src/units.ts';
import { aBudget, aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming, defaultObjectives } from '../support/scenarios.ts';

const options = { replications: 1, runBatch: runSerially, version: '0.0.0' };
const nodes = [aNode('n1'), aNode('n2'), aNode('n3')];
const random = {
  ...aTiming(),
  nodes: [{ match: {}, reset: { kind: 'uniform', min: minutes(5), max: minutes(15) }, origin: 'assumed' }],
} as const;

const durationsOf = (runs: ForecastReport['runs']) => runs.map(({ figures }) => figures.durationSeconds);

describe('replicate', () => {
  it('is certain about a roll of empty nodes that takes constant times', async () => {
    const { forecast } = await replicate(aScenario({ cluster: { nodes } }), options);
    expect(forecast.verdict.outcome).toBe('holds');
    expect(forecast.verdict.objectives.map(({ certainty, interval }) => ({ certainty, interval }))).toEqual(
      Array.from({ length: 3 }, () => ({ certainty: 'certain', interval: null })),
    );
    expect(forecast.roll.durationSeconds).toBe(3 * 8 * 60);
  });

  it.each([
    [1, 'keeps its objective (certain under the rules).'],
    [3, 'keeps all 3 objectives (certain under the rules).'],
  ])('says in one sentence that %i objectives hold', async (count, ending) => {
    const scenario = aScenario({ cluster: { nodes }, objectives: defaultObjectives.slice(0, count) });
    const { sentence } = (await replicate(scenario, options)).forecast.verdict;
    expect(sentence).toBe(`Resetting 3 nodes of workers with maxUnavailable 1 (about 24m) ${ending}`);
  });

  it('is never certain about what was drawn at random', async () => {
    const { forecast } = await replicate(aScenario({ cluster: { nodes }, timing: random }), { ...options, replications: 20 });
    expect(forecast.verdict.objectives.every(({ certainty }) => certainty === 'likely')).toBe(true);
    expect(forecast.verdict.sentence).toMatch(/not certain/);
  });

  it('shows the run with the median duration in full, and the spread of all', async () => {
    const { forecast, runs, events } = await replicate(aScenario({ cluster: { nodes }, timing: random }), {
      ...options,
      replications: 5,
    });
    const durations = durationsOf(runs);
    const sorted = [...durations].sort((a, b) => a - b);
    expect(new Set(durations).size).toBe(5);
    expect(forecast.roll.durationSeconds).toBe(sorted[2]);
    expect(forecast.metrics?.['durationSeconds']).toMatchObject({ min: sorted[0], p50: sorted[2], max: sorted[4] });
    expect([...events].length).toBeGreaterThan(0);
  });

  it('gives every quantile an interval between two of the runs, and says where it has no bound', async () => {
    const { forecast, runs } = await replicate(aScenario({ cluster: { nodes }, timing: random }), { ...options, replications: 10 });
    const durations = durationsOf(runs);
    const sorted = [...durations].sort((a, b) => a - b);
    const { intervals } = JSON.parse(resultsJson(forecast)).metrics.durationSeconds;
    expect(intervals).toEqual({ p50: [sorted[1], sorted[8]], p90: [sorted[6], null], p99: [sorted[8], null] });
    const [spread] = forecastSections(forecast, 20).filter(({ title }) => title === 'Spread');
    const cells = spread?.table?.rows.find(({ cells: [figure] }) => figure === 'duration')?.cells;
    expect(cells?.[4]).toBe(`${writeSeconds(sorted[1] ?? 0)} to ${writeSeconds(sorted[8] ?? 0)}`);
    expect(cells?.[6]).toBe(`at least ${writeSeconds(sorted[6] ?? 0)}`);
  });

  it('tells the longest duration that all objectives allow', async () => {
    const limits = [50, 40].map(
      (limit) => ({ name: `${limit}`, probability: 1, goal: { kind: 'maxDuration', limit: minutes(limit) } }) as const,
    );
    const allowed = async (objectives: Scenario['objectives']) => {
      const { allowedSeconds } = await replicate(aScenario({ cluster: { nodes }, objectives }), options);
      return allowedSeconds;
    };
    expect(await allowed([...defaultObjectives, ...limits])).toBe(40 * 60);
    expect(await allowed(defaultObjectives)).toBeUndefined();
  });

  it('meets the same luck as a single run in its first replication', async () => {
    const scenario = aScenario({ cluster: { nodes }, timing: random });
    const [one, many] = [await replicate(scenario, options), await replicate(scenario, { ...options, replications: 4 })];
    expect(many.runs[0]).toEqual(one.runs[0]);
  });

  it('counts runs that do not finish as endless, not as long as the horizon', async () => {
    const reset = { kind: 'constant', value: minutes(8), never: 0.3 } as const;
    const timing = { ...aTiming(), nodes: [{ match: {}, reset, origin: 'assumed' as const }] };
    const failure = { readyTimeout: NEVER, then: 'continue' as const, retries: 0 };
    const scenario = aScenario({ cluster: { nodes }, timing, roll: { failure } });
    const { forecast, runs } = await replicate(scenario, { ...options, replications: 20 });
    const durations = durationsOf(runs);
    const endless = durations.filter((duration) => duration === Number.POSITIVE_INFINITY).length;
    expect(endless).toBeGreaterThan(5);
    expect(durations.filter(Number.isFinite)).toEqual(Array.from({ length: 20 - endless }, () => 24 * 60));
    expect(forecast.metrics?.['unfinished']?.mean).toBeCloseTo(endless / 20);
    expect(forecast.metrics?.['durationSeconds']).toMatchObject({
      min: 24 * 60,
      mean: Number.POSITIVE_INFINITY,
      p90: Number.POSITIVE_INFINITY,
    });
    const [spread] = forecastSections(forecast, 20).filter(({ title }) => title === 'Spread');
    expect(spread?.lead).toContain(`${endless} of which did not finish`);
    const { durationSeconds } = JSON.parse(resultsJson(forecast)).metrics;
    expect(durationSeconds).toMatchObject({ mean: null, ci95: [null, null], max: null });
  });

  it('proves a failure that follows from a budget alone', async () => {
    const cluster = { nodes, workloads: [aDeployment('web', 2, { cpu: 1 })], budgets: [aBudget('web', { minAvailable: 2 })] };
    const objectives = [{ name: 'nobody is killed', probability: 1, goal: { kind: 'maxForcedKills', limit: 0 } } as const];
    const { forecast } = await replicate(aScenario({ cluster, objectives, timing: random }), options);
    expect(forecast.verdict.objectives[0]).toMatchObject({ outcome: 'fails', certainty: 'certain' });
  });

  it('is unknown about demand that the scenario does not give', async () => {
    const objectives = [{ name: 'all served', probability: 1, goal: { kind: 'maxUnservedRequests', limit: 0 } } as const];
    const { forecast } = await replicate(aScenario({ cluster: { nodes }, objectives }), options);
    expect(forecast.verdict).toMatchObject({ outcome: 'unknown' });
    expect(forecast.verdict.sentence).toContain('the scenario gives no demand');
  });
});
