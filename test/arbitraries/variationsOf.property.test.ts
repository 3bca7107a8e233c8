import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDisturbances, anyWorkloads, variationsOf } from '../../src/arbitraries/index.ts';
import { parseScenario, run } from '../../src/index.ts';

const text = `
apiVersion: rollcast/v1
kind: Scenario
metadata: {name: shop}
spec:
  cluster:
    nodePools: [{name: workers, nodes: 6, allocatable: {cpu: "4", memory: 16Gi, pods: 20}}]
    workloads:
      - {name: web, replicas: 3, requests: {cpu: "1"}, antiAffinity: {by: hostname, rule: required}, budget: {maxUnavailable: 1}}
      - {name: lone, replicas: 1, requests: {cpu: 500m}}
  roll: {preset: cce-sync, pool: workers, maxUnavailable: 1}
`;
const shop = { text, file: 'shop.yaml' };
const fewRuns = { numRuns: 40, seed: 7 };

describe('variationsOf', () => {
  it('leaves what it does not vary as given', () => {
    fc.assert(
      fc.property(variationsOf(shop, { 'roll.maxUnavailable': fc.integer({ min: 1, max: 4 }) }), ({ scenario, settings }) => {
        const given = parseScenario(shop);
        expect(scenario.cluster).toEqual(given.cluster);
        expect(scenario.roll).toEqual({ ...given.roll, maxUnavailable: Number(settings.get('roll.maxUnavailable')) });
      }),
      fewRuns,
    );
  });

  it('holds what is true of every roll of the cluster', () => {
    const settings = { 'roll.maxUnavailable': fc.integer({ min: 1, max: 3 }), 'roll.pacing': fc.constantFrom('barrier', 'window') };
    fc.assert(
      fc.property(variationsOf(shop, settings), ({ scenario, seed }) => {
        const web = run(scenario, seed).workloads.find(({ name }) => name === 'web');
        expect(web?.outage).toBe(0);
      }),
      fewRuns,
    );
  });

  it('prints the simplest variation for which a property fails as the command that shows it', () => {
    const settings = {
      'roll.maxUnavailable': fc.integer({ min: 1, max: 3 }),
      disturbances: anyDisturbances(parseScenario(shop), { most: 3, withinMinutes: 30 }),
    };
    const comesBack = fc.property(variationsOf(shop, settings), ({ scenario, seed }) =>
      run(scenario, seed).roll.nodes.every(({ outcome }) => outcome === 'inService'),
    );
    const { counterexample } = fc.check(comesBack, fewRuns);
    expect(fc.stringify(counterexample?.[0])).toBe(
      `rollcast run shop.yaml --roll.maxUnavailable 1 --disturbances '[{"at":"0m","deleteNode":"workers-1"}]' --seed 0`,
    );
  });
});

describe('anyWorkloads', () => {
  it('makes workloads that a scenario can have, large and small, protected and not', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(variationsOf(shop, { 'cluster.workloads': anyWorkloads({ most: 3 }) }), ({ scenario, seed }) => {
        expect(scenario.cluster.workloads.length).toBeGreaterThan(0);
        for (const { kind } of scenario.cluster.workloads) seen.add(kind);
        seen.add(scenario.cluster.budgets.length > 0 ? 'with budgets' : 'without');
        expect(run(scenario, seed).roll.outcome).toMatch(/completed|stuck|failed|horizon/);
      }),
      fewRuns,
    );
    expect([...seen].sort()).toEqual(['Deployment', 'StatefulSet', 'with budgets', 'without']);
  });
});

describe('anyDisturbances', () => {
  it('happens only to what the scenario has, in time, and not too often', () => {
    const scenario = parseScenario(shop);
    const disturbances = anyDisturbances(scenario, { most: 3, withinMinutes: 30, kinds: ['deleteNode', 'deletePod', 'scale'] });
    const seen = new Set<string>();
    fc.assert(
      fc.property(disturbances, (list) => {
        expect(list.length).toBeLessThanOrEqual(3);
        for (const { at, ...thing } of list) {
          expect(Number.parseInt(at, 10)).toBeLessThanOrEqual(30);
          for (const kind of Object.keys(thing)) seen.add(kind);
        }
        const overrides = new Map([['disturbances', JSON.stringify(list)]]);
        expect(parseScenario({ ...shop, overrides }).disturbances).toHaveLength(list.length);
      }),
      fewRuns,
    );
    expect([...seen].sort()).toEqual(['deleteNode', 'replicas', 'scale']);
  });

  it('happens never where there is nothing', () => {
    expect(fc.sample(anyDisturbances(parseScenario(shop), { kinds: ['deletePod'] }), 5)).toEqual([[], [], [], [], []]);
  });
});
