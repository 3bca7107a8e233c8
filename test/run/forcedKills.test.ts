import { describe, expect, it } from 'vitest';
import { run } from '../../src/run/run.ts';
import { minutes, seconds } from '../../src/units.ts';
import { readScenario } from '../support/scenarioText.ts';

/** A roll of two nodes, the first of which holds all pods of `workload`. */
function rolled(workload: string, drain: string, more: Readonly<Record<string, string>> = {}) {
  const scenario = readScenario({
    cluster: `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 16Gi}}],
      workloads: [{name: web, nodeSelector: {kubernetes.io/hostname: workers-1}, ${workload}}]}`,
    roll: `{preset: cce-sync, pool: workers, maxUnavailable: 1, drain: ${drain}}`,
    ...more,
  });
  return run(scenario, '1');
}

describe('a drain that deletes', () => {
  it('kills pods against their budget, and says that it did not ask', () => {
    const objectives = '[{name: no kills, maxForcedKills: 0}]';
    const { roll, findings, objectives: judged } = rolled('replicas: 2, budget: {maxUnavailable: 1}', '{mode: delete}', { objectives });
    expect(roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([1, 0]);
    expect(findings).toMatchObject([
      { code: 'BUDGET_VIOLATED', object: 'Node/workers-1', message: expect.stringMatching(/^1 pod was deleted although .* does not ask$/) },
    ]);
    expect(judged.map(({ outcome }) => outcome)).toEqual(['fails']);
  });

  it('kills none that could be evicted', () => {
    const { roll, findings } = rolled('replicas: 2, budget: {maxUnavailable: 2}', '{mode: delete}');
    expect(roll.nodes.map(({ forcedKills }) => forcedKills)).toEqual([0, 0]);
    expect(findings).toEqual([]);
  });
});

describe('a forced drain', () => {
  const cluster = (budgets: number) => `{nodePools: [{name: workers, nodes: 2, allocatable: {cpu: 8, memory: 16Gi}}],
    workloads: [{name: web, replicas: 1, nodeSelector: {kubernetes.io/hostname: workers-1}}],
    objects: [${Array.from({ length: budgets }, (_, index) => budget(`web-${index + 1}`)).join(', ')}]}`;
  const budget = (name: string) => `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: ${name}, namespace: default},
    spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}}`;

  it('has waited for both budgets over a pod that two select', () => {
    const { roll, budgets, findings } = rolled('replicas: 1', '{}', { cluster: cluster(2) });
    expect(roll.nodes[0]).toMatchObject({ blocked: minutes(15), refusals: 1, forcedKills: 1 });
    expect(budgets.map(({ name, blocked }) => [name, blocked])).toEqual([
      ['web-1', minutes(15)],
      ['web-2', minutes(15)],
    ]);
    const violation = findings.find(({ code }) => code === 'BUDGET_VIOLATED');
    expect(violation?.message).toContain('its drain waited 15m for default/web-1, default/web-2');
  });

  it('has waited for no budget as long as other pods were ending', () => {
    const { findings } = rolled('replicas: 2, grace: 1h, budget: {maxUnavailable: 1}', '{}', { timing: '{pods: [{exit: 20m}]}' });
    const violation = findings.find(({ code }) => code === 'BUDGET_VIOLATED');
    expect(violation?.message).toMatch(/against default\/web; it was refused \d+ evictions while other pods of the node were ending$/);
  });

  it('cuts the time to end of pods short that ask for more than it lasts', () => {
    const { roll, findings } = rolled('replicas: 2, grace: 1h', '{}', { timing: '{pods: [{exit: 50m}]}' });
    expect(roll.nodes[0]).toMatchObject({ outcome: 'inService', drainedAt: minutes(15), forcedKills: 0 });
    expect(findings).toMatchObject([{ code: 'GRACE_CUT_SHORT', object: 'Node/workers-1' }]);
    expect(findings[0]?.message).toMatch(
      /^2 pods were killed by the forced reset in the midst of the time to end: default\/web-\S+, default\/web-\S+$/,
    );
  });

  it('has not waited for budgets when the pod is asked to go by somebody else', () => {
    const deletion = '[{at: 5m, deletePod: default/web}]';
    const pod = `{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: default, labels: {app: web}},
      spec: {nodeName: workers-1, terminationGracePeriodSeconds: 120, containers: [{name: web, image: web}]}}`;
    const bare = cluster(2)
      .replace('objects: [', `objects: [${pod}, `)
      .replace(/workloads: .*/, '');
    const timing = '{pods: [{exit: 100s}]}';
    const { roll } = rolled('', '{}', { cluster: bare, disturbances: deletion, timing });
    expect(roll.nodes[0]).toMatchObject({ blocked: minutes(5), forcedKills: 0, drainedAt: minutes(5) + seconds(100) });
  });
});
