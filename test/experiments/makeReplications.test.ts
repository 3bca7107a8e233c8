import { describe, expect, it } from 'vitest';
import { makeReplications, type PrecisionGoal, roundsUpTo } from '../../src/experiments/makeReplications.ts';
import { type RunFigures, runFiguresOf } from '../../src/experiments/RunFigures.ts';
import { type JobDetail, type RunBatch, type RunOutcome, runSerially } from '../../src/experiments/RunJob.ts';
import { replicate } from '../../src/experiments/replicate.ts';
import { cellsOver, sweep } from '../../src/experiments/sweep.ts';
import { RandomStream } from '../../src/sim/RandomStream.ts';
import { minutes, NEVER } from '../../src/units.ts';
import { aNode } from '../support/builders.ts';
import { aRunResult } from '../support/runFigures.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const nodes = [aNode('n1'), aNode('n2'), aNode('n3')];
const timingOf = (reset: { readonly never: number }) => ({
  ...aTiming(),
  nodes: [{ match: {}, reset: { kind: 'uniform', min: minutes(5), max: minutes(15), ...reset }, origin: 'assumed' } as const],
});
const aRoll = (never = 0) =>
  aScenario({
    cluster: { nodes },
    timing: timingOf({ never }),
    roll: { failure: { readyTimeout: NEVER, then: 'continue', retries: 0 } },
    objectives: [{ name: 'half an hour', probability: 0.1, goal: { kind: 'maxDuration', limit: minutes(30) } }],
  });
const options = { runBatch: runSerially, version: '0' };
const precise = (goal: Partial<PrecisionGoal>) => ({ ...options, replications: { within: 0.05, limit: 1000, ...goal } });

describe('makeReplications', () => {
  it.each([
    [10, [10]],
    [25, [25]],
    [60, [25, 50, 60]],
    [1000, [25, 50, 100, 200, 400, 800, 1000]],
  ])('with at most %i runs looks after %j of them', (limit, rounds) => {
    expect(roundsUpTo(limit)).toEqual(rounds);
  });

  it('stops at the first look at which everything is narrow enough, with the runs that a fixed number gives', async () => {
    const { forecast, runs } = await replicate(aRoll(), precise({ within: 0.1 }));
    const { replications, precision } = forecast;
    expect([25, 50, 100, 200, 400, 800]).toContain(replications);
    expect(precision).toMatchObject({ within: 0.1, limit: 1000, stopped: 'narrowEnough', tooWide: [] });
    expect(precision?.widest.figure).toBe('probability of "half an hour"');
    expect(precision?.widest.within).toBeLessThanOrEqual(0.1);
    const fixed = await replicate(aRoll(), { ...options, replications });
    expect(runs).toEqual(fixed.runs);
    expect({ ...forecast, precision: undefined }).toEqual({ ...fixed.forecast, precision: undefined });
  });

  it('says which figures are not narrow enough at the limit', async () => {
    const { replications, precision } = (await replicate(aRoll(), precise({ within: 0.01, limit: 60 }))).forecast;
    expect(replications).toBe(60);
    expect(precision).toMatchObject({ stopped: 'limitReached', confidence: 1 - 0.05 / 3 });
    expect(precision?.tooWide.map(({ figure }) => figure)).toEqual(['mean duration', 'probability of "half an hour"']);
  });

  it('goes by the mean of the rolls that come to an end, and by how many do', async () => {
    const { precision } = (await replicate(aRoll(0.2), precise({ within: 0.001, limit: 30 }))).forecast;
    expect(precision?.tooWide.map(({ figure }) => figure)).toContain('share of rolls that come to an end');
    expect(precision?.tooWide.every(({ within }) => Number.isFinite(within))).toBe(true);
  });

  it('makes no second round where everything is certain', async () => {
    const { forecast } = await replicate(aScenario({ cluster: { nodes } }), precise({ within: 0.001 }));
    expect(forecast.replications).toBe(25);
    expect(forecast.precision?.stopped).toBe('narrowEnough');
  });

  it('runs all settings of a sweep equally often, until each of them is known', async () => {
    const { replications, precision, cells } = await sweep(cellsOver(aRoll(), [1, 3]), precise({ within: 0.02, limit: 50 }));
    expect(replications).toBe(50);
    expect(precision?.tooWide.map(({ figure }) => figure)).toContain('mean duration of maxUnavailable 1');
    const fixed = await sweep(cellsOver(aRoll(), [1, 3]), { ...options, replications: 50 });
    expect(cells).toEqual(fixed.cells);
  });

  it('tells how many runs are done of those that are known to come', async () => {
    const told: string[] = [];
    const onDone = (done: number, total: number) => told.push(`${done}/${total}`);
    await replicate(aRoll(), { ...precise({ within: 0.01, limit: 50 }), onDone });
    expect(told.filter((_, index) => index % 25 === 24)).toEqual(['25/25', '50/50']);
  });

  it.each([
    ['a mean duration', { mean: 600, probability: 1 }],
    ['a probability', { mean: 0, probability: 0.9 }],
    ['a probability near 1', { mean: 0, probability: 0.96 }],
  ])('is right about %s in 95 % of cases, however often it looked', async (_, truth) => {
    const goal = { within: truth.mean > 0 ? 0.15 : 0.04, limit: 3200 };
    const searches = Array.from({ length: 400 }, (_, index) => String(index));
    let right = 0;
    for (const seed of searches) {
      const all = [{ name: '', scenario: { ...aRoll(), seed }, findings: [] }];
      const { runs, precision } = await makeReplications(all, goal, { detail: 'figures', runBatch: drawing(truth), onDone: () => {} });
      const [own = []] = runs;
      expect(precision?.stopped).toBe('narrowEnough');
      const held = own.filter(({ objectives: [one] }) => one?.outcome === 'holds').length / own.length;
      const error = truth.mean > 0 ? meanOf(own) / truth.mean - 1 : held - truth.probability;
      if (Math.abs(error) <= goal.within) right += 1;
    }
    expect(right / searches.length).toBeGreaterThan(0.95);
  });
});

function meanOf(runs: readonly RunFigures[]): number {
  return runs.reduce((sum, { figures }) => sum + figures.durationSeconds, 0) / runs.length;
}

interface Truth {
  readonly mean: number;
  readonly probability: number;
}

/** Runs that are drawn and not made: of exponential durations, and of an objective that holds with a probability. */
function drawing(truth: Truth): RunBatch {
  const kept: { readonly [Kept in JobDetail]: (seed: string) => RunOutcome[Kept] } = {
    everything: notDrawn,
    figures: (seed) => drawn(seed, truth),
    figuresByWorkload: notDrawn,
    rollFigures: notDrawn,
  };
  return async (jobs) => jobs.map(({ seed, detail }) => kept[detail](seed));
}

function notDrawn(): never {
  throw new Error('only figures are drawn');
}

const plain = runFiguresOf(aRunResult());

function drawn(seed: string, { mean, probability }: Truth): RunFigures {
  const numberFor = (purpose: string) => new RandomStream(`${seed}/${purpose}`).next();
  const durationSeconds = -mean * Math.log(1 - numberFor('duration'));
  const outcome = numberFor('objective') < probability ? 'holds' : 'fails';
  return { ...plain, seed, figures: { ...plain.figures, durationSeconds }, objectives: [{ outcome, evidence: '', amount: 0 }] };
}
