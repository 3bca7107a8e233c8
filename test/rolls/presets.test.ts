import { describe, expect, it } from 'vitest';
import type { ClusterObjects } from '../../src/cluster/ClusterObjects.ts';
import { batchSizes } from '../../src/rolls/batchSizes.ts';
import type { RollPlan } from '../../src/rolls/RollPlan.ts';
import { presets } from '../../src/rolls/registry.ts';
import { run } from '../../src/run/run.ts';
import { resolveMaxUnavailable } from '../../src/scenario/resolveMaxUnavailable.ts';
import { type Duration, minutes, NEVER } from '../../src/units.ts';
import { aBudget, aDeployment, aNode } from '../support/builders.ts';
import { aRoll, aScenario, aTiming } from '../support/scenarios.ts';
import { readScenario } from '../support/scenarioText.ts';

const names = ['a', 'b', 'c', 'd'];
const nodes = names.map((name) => aNode(name, { cpu: 8, labels: { name, mine: 'yes' }, poolLabels: { name } }));

/** One replica on node `a`, under a budget that never lets it go. */
const held = {
  workloads: [aDeployment('web', 1, { cpu: 1, nodeSelector: { name: 'a' } })],
  budgets: [aBudget('web', { maxUnavailable: 0 })],
};

/** Rolls four nodes as `preset` does, two at a time; each reset takes 8 minutes, or as long as `resets` says. */
function rolledBy(preset: string, { knobs = {}, resets = {}, cluster = {} }: Story = {}) {
  const { name, knobs: given } = known(preset);
  const roll = { ...aRoll({ nodes }), ...given, preset: name, maxUnavailable: 2, ...knobs };
  return run(aScenario({ cluster: { nodes, ...cluster }, roll, timing: aTiming({ resets }) }), '1');
}

interface Story {
  readonly knobs?: Partial<RollPlan>;
  readonly resets?: Readonly<Record<string, Duration>>;
  readonly cluster?: Partial<ClusterObjects>;
}

function known(name: string) {
  const preset = presets.get(name);
  if (!preset) throw new Error(`no preset ${name}`);
  return preset;
}

describe('the presets', () => {
  it('bear the names under which they are registered', () => {
    for (const [name, preset] of presets) expect(preset.name).toBe(name);
  });

  it.each([...presets.keys()])('%s can be named by a scenario', (preset) => {
    expect(readScenario({ roll: `{preset: ${preset}, pool: workers, maxUnavailable: 2}` }).roll).toMatchObject({
      preset,
      maxUnavailable: 2,
    });
  });

  // The last column: minutes after which the turn of each node came, the first of which takes 20 minutes and the others 8.
  it.each([
    ['ack-inplace', [0, 0, 20, 20]],
    ['ack-legacy-cluster', [0, 20, 20, 28]],
    ['cce-cluster-upgrade', [0, 20, 20, 28]],
    ['ack-replace', [0, 0, 20, 20]],
    ['ack-replace-2021', [0, 0, 20, 20]],
    ['aks-unavailable', [0, 0, 8, 16]],
    ['cce-sync', [0, 0, 20, 20]],
    ['hypershift-inplace', [0, 0, 8, 16]],
    ['mco-pool', [0, 0, 8, 16]],
  ])('%s takes the next nodes after %j minutes', (preset, turns) => {
    const { nodes: rows, outcome } = rolledBy(preset, { resets: { a: minutes(20) } }).roll;
    expect(rows.map(({ startedAt, cordonedAt }) => startedAt ?? cordonedAt)).toEqual(turns.map(minutes));
    expect(outcome).toBe('completed');
  });

  it.each([
    ['ack-inplace', 'completed', 0, 0],
    ['ack-legacy-cluster', 'completed', 0, 0],
    ['cce-cluster-upgrade', 'completed', 0, 0],
    ['ack-replace', 'failed', 30, 0],
    ['ack-replace-2021', 'completed', 15, 1],
    ['aks-unavailable', 'failed', 30, 0],
    ['cce-sync', 'completed', 15, 1],
    ['hypershift-inplace', 'stuck', 24 * 60, 0],
    ['mco-pool', 'stuck', 24 * 60, 0],
  ] as const)('%s has %s when a budget never lets a pod go, decided after %i minutes', (preset, outcome, after, forcedKills) => {
    const { roll } = rolledBy(preset, { cluster: held });
    expect(roll.outcome).toBe(outcome);
    expect(roll.nodes[0]).toMatchObject({ blocked: minutes(after), forcedKills });
  });

  it.each([
    ['ack-inplace', ['failed', 'inService', 'notStarted', 'notStarted']],
    ['ack-legacy-cluster', ['failed', 'notStarted', 'notStarted', 'notStarted']],
    ['cce-cluster-upgrade', ['failed', 'notStarted', 'notStarted', 'notStarted']],
    ['ack-replace', ['failed', 'inService', 'notStarted', 'notStarted']],
    ['ack-replace-2021', ['failed', 'inService', 'notStarted', 'notStarted']],
    ['aks-unavailable', ['failed', 'inService', 'inService', 'inService']],
    ['cce-sync', ['failed', 'inService', 'inService', 'inService']],
    ['hypershift-inplace', ['stuck', 'inService', 'inService', 'inService']],
    ['mco-pool', ['stuck', 'inService', 'inService', 'inService']],
  ])('%s ends with nodes that are %j when the first does not come back', (preset, outcomes) => {
    expect(rolledBy(preset, { resets: { a: NEVER } }).roll.nodes.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  // A fifth node is not Ready; one may be away.
  it.each([
    ['hypershift-inplace', ['inService', 'inService', 'inService', 'inService', 'inService']],
    ['mco-pool', ['notStarted', 'notStarted', 'notStarted', 'notStarted', 'notStarted']],
  ])('%s ends with nodes that are %j when one is not Ready', (preset, outcomes) => {
    const five = [...nodes, aNode('e', { ready: 'False' })];
    const knobs = { maxUnavailable: 1, nodes: five.map(({ name }) => name) };
    expect(rolledBy(preset, { knobs, cluster: { nodes: five } }).roll.nodes.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  it('mco-pool stops at a node that does not come back when no other may be away', () => {
    const { roll } = rolledBy('mco-pool', { knobs: { maxUnavailable: 1 }, resets: { a: NEVER } });
    expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(['stuck', 'notStarted', 'notStarted', 'notStarted']);
  });

  it('mco-pool raises an alert for a drain of more than an hour, and no other system does', () => {
    const alerts = (preset: string) => rolledBy(preset, { cluster: held }).findings.filter(({ code }) => code === 'DRAIN_ALERT');
    expect(alerts('mco-pool')).toMatchObject([{ object: 'Node/a', message: expect.stringContaining('it is held up by default/web') }]);
    expect(alerts('hypershift-inplace')).toEqual([]);
  });

  it('aks-unavailable starts no other node once one has failed', () => {
    const { roll } = rolledBy('aks-unavailable', { resets: { a: NEVER, b: minutes(90), c: minutes(8), d: minutes(8) } });
    expect(roll.nodes.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'notStarted', 'notStarted']);
  });

  // hostPath is on the system disk, local volumes are on data disks.
  it.each([
    ['ack-replace', { systemDisk: true, dataDisks: false, imageCache: true, localVolumes: false, userLabels: true, userTaints: true }],
    [
      'aks-unavailable',
      { systemDisk: true, dataDisks: false, imageCache: true, localVolumes: false, userLabels: false, userTaints: false },
    ],
    ['cce-sync', { systemDisk: true, dataDisks: true, imageCache: true, localVolumes: true, userLabels: true, userTaints: true }],
    [
      'kubectl-drain',
      { systemDisk: false, dataDisks: false, imageCache: false, localVolumes: false, userLabels: false, userTaints: false },
    ],
  ])('%s wipes %j', (preset, wipe) => {
    expect(known(preset).knobs.wipe).toEqual(wipe);
  });

  it.each([
    ['ack-legacy-cluster', undefined, 1],
    ['ack-replace', undefined, 1],
    ['ack-replace', '30%', undefined],
    ['aks-unavailable', '33%', 4],
    ['aks-unavailable', undefined, undefined],
    ['cce-cluster-upgrade', undefined, 20],
    ['cce-cluster-upgrade', 121, undefined],
    ['hypershift-inplace', '30%', 3],
    ['hypershift-inplace', '9%', 1],
    ['mco-pool', '35%', 3],
    ['mco-pool', undefined, 1],
    ['kubectl-drain', '33%', 3],
  ])('%s resolves maxUnavailable %s of ten nodes to %s', (preset, written, resolved) => {
    const count = resolveMaxUnavailable(written, known(preset).maxUnavailable, 10);
    expect(typeof count === 'number' ? count : undefined).toBe(resolved);
  });

  it.each([
    ['cce-cluster-upgrade', [1, 4, 16, 20, 20, 20, 19]],
    ['ack-legacy-cluster', [1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10, 5]],
  ])('%s takes 100 nodes in batches of %j', (preset, sizes) => {
    const { maxUnavailable: rule, knobs } = known(preset);
    const maxUnavailable = resolveMaxUnavailable(undefined, rule, 100);
    if (typeof maxUnavailable !== 'number') throw new Error(maxUnavailable.problem);
    expect(batchSizes({ maxUnavailable, pacing: knobs.pacing }, 100)).toEqual(sizes);
  });

  it.each(['ack-inplace', 'ack-legacy-cluster', 'cce-cluster-upgrade'])('%s lets pods run on, and destroys nothing', (preset) => {
    const { workloads } = rolledBy(preset, { cluster: held, resets: { a: minutes(40) } });
    expect(workloads[0]).toMatchObject({ moves: 0, outages: [], lostData: [] });
    expect(new Set(Object.values(known(preset).knobs.wipe))).toEqual(new Set([false]));
  });
});
