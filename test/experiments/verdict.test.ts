import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/experiments/Forecast.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import { nextSteps } from '../../src/reports/rows.ts';
import { formatDuration, seconds } from '../../src/units.ts';
import { readScenario } from '../support/scenarioText.ts';

const four =
  '{nodePools: [{name: workers, nodes: 4, allocatable: {cpu: 8, memory: 32Gi}}], workloads: [{name: web, replicas: 1, budget: {minAvailable: 1}}]}';

describe('the certainty of a verdict', () => {
  const one = '{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 32Gi}}], workloads: [{name: web, replicas: 1}]}';
  const certainties = async (spec: Readonly<Record<string, string>>, replications = 1) =>
    (await verdictIn(spec, replications)).objectives.map(({ name, outcome, certainty }) => [name, outcome, certainty]);

  it('is not that of a budget that does not make the roll fail', async () => {
    const spec = {
      cluster: four,
      timing: '{nodes: [{reset: {constant: 5m, never: 0.1}}]}',
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {onTimeout: force}, failure: {readyTimeout: 20m}}',
    };
    expect((await certainties(spec, 20))[0]).toEqual(['the roll completes', 'fails', 'likely']);
    expect(await certainties({ ...spec, objectives: '[{maxForcedKills: 0}]' }, 20)).toEqual([['maxForcedKills', 'fails', 'certain']]);
  });

  it('is not that of a budget whose pods a roll may not come to because it stops before', async () => {
    const spec = {
      cluster: four,
      timing: '{nodes: [{reset: {constant: 5m, never: 0.5}}]}',
      objectives: '[{maxForcedKills: 0}]',
    };
    const outcomes = async (then: string) => {
      const roll = `{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {onTimeout: force}, failure: {readyTimeout: 20m, then: ${then}}}`;
      const seeds = Array.from({ length: 8 }, (_, seed) => certainties({ ...spec, roll, seed: `"${seed}"` }));
      return new Set((await Promise.all(seeds)).flat().map(([, outcome, certainty]) => `${outcome} ${certainty}`));
    };
    expect(await outcomes('continue')).toEqual(new Set(['fails certain']));
    expect(await outcomes('stop')).toEqual(new Set(['fails likely', 'holds likely']));
  });

  it('is that of a budget that the roll waits for', async () => {
    const roll = '{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {onTimeout: failRoll}}';
    expect((await certainties({ cluster: four, roll }))[0]).toEqual(['the roll completes', 'fails', 'certain']);
  });

  it('is that of nodes that are never back before they count as failed', async () => {
    const spec = {
      cluster: four,
      timing: '{nodes: [{reset: {uniform: {min: 8m, max: 12m}}}]}',
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 4, drain: {timeout: 1m}, failure: {readyTimeout: 7m}}',
    };
    expect((await certainties(spec, 5))[0]).toEqual(['the roll completes', 'fails', 'certain']);
  });

  it('is that of a time that no roll can keep, for that objective alone', async () => {
    const spec = {
      cluster: four,
      timing: '{nodes: [{reset: {uniform: {min: 8m, max: 12m}}}]}',
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: {timeout: 1m, onTimeout: force}}',
      objectives: '[{name: too short, maxDuration: 31m}, {name: bad luck, maxDuration: 33m}]',
    };
    expect(await certainties(spec, 5)).toEqual([
      ['too short', 'fails', 'certain'],
      ['bad luck', 'fails', 'likely'],
    ]);
  });

  it('is none where a tie between nodes decides whether a pod stands in the way', async () => {
    const roll = '{preset: cce-sync, nodes: {names: [workers-1]}, maxUnavailable: 1}';
    const objectives = '[{maxOutage: 0s}]';
    const seeds = Array.from({ length: 8 }, (_, seed) => ({ cluster: one, roll, objectives, seed: `"${seed}"` }));
    const found = (await Promise.all(seeds.map((spec) => certainties(spec)))).flat();
    expect(new Set(found.map(([, outcome]) => outcome))).toEqual(new Set(['holds', 'fails']));
    expect(new Set(found.map(([, , certainty]) => certainty))).toEqual(new Set(['likely']));
  });
});

describe('the verdict on several runs', () => {
  it('tells how long the run takes that is shown in full', async () => {
    const scenario = readScenario({ cluster: four, timing: '{nodes: [{reset: {exponential: {mean: 8m}}}]}' });
    const { forecast } = await replicate(scenario, { replications: 50, runBatch: runSerially, version: '0' });
    expect(forecast.verdict.sentence).toContain(`(about ${formatDuration(seconds(forecast.roll.durationSeconds))})`);
  });
});

describe('the evidence over several runs', () => {
  const single = '{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 32Gi}}], workloads: [{name: web, replicas: 1}]}';
  const spec = {
    cluster: single,
    timing: '{pods: [{ready: {uniform: {min: 1s, max: 60s}}}]}',
    roll: '{preset: cce-sync, nodes: {names: [workers-1]}, maxUnavailable: 1}',
  };
  const many = { replications: 20, runBatch: runSerially, version: '0' };

  it('is that of the worst run, whose seed gives it again, and which is to be looked at next', async () => {
    const scenario = readScenario({ ...spec, objectives: '[{maxOutage: 20s}]' });
    const { forecast } = await replicate(scenario, many);
    const [{ evidence = '', worstSeed = '' } = {}] = forecast.verdict.objectives;
    expect(evidence).toMatch(/^held in \d+ of 20 replications; in the worst, seed \d+(#\d+)?: Deployment default\/web has .* of outage$/);
    const longest = Math.max(...forecast.workloads.map(({ metrics }) => metrics?.outageSeconds?.max ?? 0));
    expect(evidence).toContain(`has ${formatDuration(seconds(longest))} of outage`);
    expect(forecast.verdict.sentence).toContain(evidence);
    const alone = await replicate({ ...scenario, seed: worstSeed }, { ...many, replications: 1 });
    expect(evidence).toContain(alone.forecast.verdict.objectives[0]?.evidence);
    expect(nextSteps(forecast, 'x.yaml')).toContain(`see the worst run in full: rollcast run x.yaml --seed '${worstSeed}'`);
  });

  it('names no run where all give the same', async () => {
    const scenario = readScenario({ ...spec, objectives: '[{maxForcedKills: 0}]' });
    const [objective] = (await replicate(scenario, many)).forecast.verdict.objectives;
    expect(objective?.evidence).toBe('held in 20 of 20 replications; 0 pods killed against a budget');
    expect(objective).not.toHaveProperty('worstSeed');
  });

  it('is that of the run that is shown where others are no worse', async () => {
    const two = single.replace('{name: web, replicas: 1}', '{name: web, replicas: 1}, {name: api, replicas: 1}');
    const objectives = '[{maxOutage: 0s}]';
    const scenario = readScenario({ ...spec, cluster: two, timing: '{pods: [{ready: 10s}]}', objectives });
    const { verdict, shownSeed, workloads } = (await replicate(scenario, many)).forecast;
    expect(workloads.map(({ outageSeconds }) => outageSeconds)).toEqual([0, 10]);
    const evidence = expect.stringMatching(/: Deployment default\/web has 10s of outage$/);
    expect(verdict.objectives).toMatchObject([{ worstSeed: shownSeed, evidence }]);
  });
});

async function verdictIn(spec: Readonly<Record<string, string>>, replications = 1): Promise<Verdict> {
  return (await replicate(readScenario(spec), { replications, runBatch: runSerially, version: '0' })).forecast.verdict;
}

describe('the verdict on a roll that does not complete', () => {
  const start = '2026-11-24T01:00:00[Europe/Berlin]';

  it('keeps neither its duration nor its deadline when nodes were left out', async () => {
    const { sentence, objectives } = await verdictIn({
      cluster: four,
      start,
      roll: '{preset: cce-sync, pool: workers, maxUnavailable: 4, drain: {kind: eks}}',
      objectives: '[{maxDuration: 4h}, {endBefore: "2026-11-24T05:00[Europe/Berlin]"}]',
    });
    expect(objectives.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['maxDuration', 'fails'],
      ['endBefore', 'fails'],
    ]);
    expect(objectives[0]?.evidence).toMatch(/^the roll takes \d+m.*, with \d of 4 nodes not back in service$/);
    expect(sentence).toMatch(
      /^Resetting 4 nodes of workers with maxUnavailable 4 \(the roll fails, after \d+m.*\) fails 2 of 2 objectives/,
    );
  });

  it('says that it is stuck although the objectives hold', async () => {
    const { sentence, outcome } = await verdictIn({
      cluster: four,
      roll: '{preset: kubectl-drain, pool: workers, maxUnavailable: 1}',
      objectives: '[{maxOutage: 0s}, {maxForcedKills: 0}]',
    });
    expect(outcome).toBe('holds');
    expect(sentence).toMatch(/\(the roll gets stuck\) keeps all 2 objectives/);
  });

  it.each([
    ['4h', 'unknown'],
    ['4m', 'fails'],
  ])('of a maximum of %s that the horizon cuts off is %s', async (limit, outcome) => {
    const { objectives, sentence } = await verdictIn({ cluster: four, horizon: '5m', objectives: `[{maxDuration: ${limit}}]` });
    expect(objectives).toMatchObject([{ outcome, evidence: 'the roll takes 5m and is not over at the horizon' }]);
    expect(sentence).toContain('(the roll is not over after 5m)');
  });

  it('counts the runs that do not complete', async () => {
    const timing = '{nodes: [{reset: {constant: 8m, never: 0.3}}]}';
    const { sentence } = await verdictIn({ cluster: four, timing, objectives: '[{maxForcedKills: 9}]' }, 10);
    expect(sentence).toMatch(/; \d of 10 runs do not complete\)/);
  });
});
