import { describe, expect, it } from 'vitest';
import { compare } from '../../src/experiments/compare.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import type { Scenario } from '../../src/scenario/Scenario.ts';
import { minutes, NEVER } from '../../src/units.ts';
import { aBudget, aDeployment, aNode } from '../support/builders.ts';
import { aScenario, aTiming } from '../support/scenarios.ts';

const options = { replications: 1, runBatch: runSerially, version: '0.0.0' };

/** `count` nodes of 4 CPU, and 12 pods of 1 CPU. */
function tight(count: number, maxUnavailable: number): Scenario {
  const nodes = Array.from({ length: count }, (_, index) => aNode(`n${index}`));
  return aScenario({ cluster: { nodes, workloads: [aDeployment('web', 12, { cpu: 1 })] }, roll: { maxUnavailable } });
}

function random(scenario: Scenario, seed = 'luck'): Scenario {
  const reset = { kind: 'uniform', min: minutes(5), max: minutes(15) } as const;
  return { ...scenario, seed, timing: { ...aTiming(), nodes: [{ match: {}, reset, origin: 'assumed' }] } };
}

const figure = ({ metrics }: Awaited<ReturnType<typeof compare>>, name: string) => metrics.find((metric) => metric.name === name);

describe('compare', () => {
  it('finds no difference between a scenario and itself, whatever is left to chance', async () => {
    const scenario = random(tight(4, 2));
    const comparison = await compare([scenario, scenario], { ...options, replications: 5 });
    expect(comparison.verdict).toEqual({
      outcome: 'holds',
      sentence: 'A and B do not differ: every figure is equal in all 5 pairs of runs.',
    });
    expect(comparison.metrics.every(({ relation, difference }) => relation === 'same' && difference === 0)).toBe(true);
    const { settings, objectives, workloads, budgets, nodes, findings, caveats } = comparison;
    expect([settings, objectives, workloads, budgets, nodes, findings, caveats].flat()).toEqual([]);
    expect(comparison.same).toMatchObject({ objectives: 3, workloads: 1, nodes: 4 });
  });

  it('says what B gains and what it breaks that A keeps', async () => {
    const comparison = await compare([tight(5, 2), tight(5, 5)], options);
    expect(comparison.verdict.outcome).toBe('fails');
    expect(comparison.verdict.sentence).toMatch(
      /^B takes 16m 4s less and takes Deployment default\/web down for 8m 12s that A does not; it fails .*no outage of replicated workloads.*, which A keeps\.$/,
    );
    expect(figure(comparison, 'durationSeconds')).toMatchObject({ difference: -964, ci95: null, relation: 'less' });
    expect(comparison.settings).toContainEqual({ name: 'roll.maxUnavailable', a: '2', b: '5' });
    const broken = comparison.objectives.filter(({ change }) => change === 'worse');
    expect(broken.length).toBeGreaterThan(0);
    expect(broken.every(({ a, b }) => a?.outcome === 'holds' && b?.outcome === 'fails')).toBe(true);
    const [worst] = comparison.workloads;
    expect(worst?.object).toBe('Deployment default/web');
    expect(worst?.changes[0]).toEqual({ figure: 'outageSeconds', a: 0, b: 492 });
  });

  it('does not hold against B what A fails as well, and says what it keeps instead', async () => {
    const { verdict, objectives } = await compare([tight(5, 5), tight(5, 2)], options);
    expect(verdict.outcome).toBe('holds');
    expect(verdict.sentence).toMatch(
      /^B takes 16m 4s more and keeps Deployment default\/web up, which A takes down for 8m 12s; it keeps .*, which A fails\.$/,
    );
    expect(objectives.every(({ change }) => change === 'better')).toBe(true);
    expect((await compare([tight(4, 2), tight(4, 3)], options)).verdict.outcome).toBe('holds');
  });

  it('pairs runs by seed, so that the interval of the difference is narrower than that of either', async () => {
    const [a, b] = [random(tight(6, 1)), random(tight(6, 2), 'other luck')];
    const comparison = await compare([a, b], { ...options, replications: 20 });
    expect(comparison.pairing).toMatchObject({ pairs: 20 });
    expect(comparison.caveats).toEqual(['B was run under the seed of A, luck, in place of its own, other luck']);
    const { difference, ci95, a: before, b: after } = figure(comparison, 'durationSeconds') ?? {};
    expect(difference).toBeCloseTo((after ?? 0) - (before ?? 0), 4);
    expect(ci95?.[1]).toBeLessThan(0);
    expect(comparison.verdict.sentence).toMatch(/^B takes \d+m( \d+s)? less \(95 %: \d+m( \d+s)? to \d+m( \d+s)?\)/);
  });

  it('shows both under one seed, that of the median difference', async () => {
    const comparison = await compare([random(tight(6, 1)), random(tight(6, 2))], { ...options, replications: 5 });
    expect(comparison.pairing.shownSeed).toMatch(/^luck(#[1-4])?$/);
  });

  it('says of a roll that gets stuck that it does not finish', async () => {
    const free = tight(5, 2);
    const drain = { ...free.roll.drain, timeout: NEVER };
    const never = [aBudget('web', { maxUnavailable: 0 })];
    const blocked = { ...free, cluster: { ...free.cluster, budgets: never }, roll: { ...free.roll, drain } };
    const { verdict, metrics, budgets } = await compare([tight(5, 2), blocked], { ...options, clusters: 'different' });
    expect(verdict).toMatchObject({ outcome: 'fails', sentence: expect.stringMatching(/^B does not finish, which A does in 24m 6s/) });
    expect(metrics[0]).toMatchObject({ name: 'durationSeconds', difference: null, relation: 'more' });
    expect(budgets[0]).toMatchObject({ only: 'b', object: expect.stringContaining('web') });
  });

  it('warns that clusters differ, and lists workloads and nodes that only one of them has', async () => {
    const { caveats, nodes, verdict } = await compare([tight(4, 1), tight(5, 1)], { ...options, clusters: 'different' });
    expect(caveats[0]).toBe('the clusters differ: A has 4 nodes and 1 workload, B has 5 nodes and 1 workload');
    expect(nodes).toMatchObject([{ object: 'n4', only: 'b' }]);
    expect(verdict.outcome).toBe('holds');
  });

  it('warns of objectives that ask for something else', async () => {
    const [a, b] = [tight(4, 1), tight(4, 1)];
    const [first, ...others] = a.objectives;
    const limit = (length: number) => ({ name: 'in time', goal: { kind: 'maxDuration' as const, limit: minutes(length) }, probability: 1 });
    const { caveats, objectives } = await compare(
      [
        { ...a, objectives: [...a.objectives, limit(60)] },
        { ...b, objectives: [...others, limit(10)] },
      ],
      options,
    );
    expect(caveats).toContain(`only A has the objective "${first?.name}"`);
    expect(caveats).toContain('the objective "in time" asks for something else in B than in A');
    expect(objectives.map(({ name, change }) => [name, change])).toEqual([
      ['in time', 'worse'],
      [first?.name, 'onlyA'],
    ]);
  });
});
