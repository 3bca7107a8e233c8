import { describe, expect, it } from 'vitest';
import { presets } from '../../src/rolls/registry.ts';
import { run } from '../../src/run/run.ts';
import { minutes } from '../../src/units.ts';
import { eventsOf } from '../support/eventsOf.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const rollAfter = (changes: string, preset = 'cce-sync') => ({
  roll: `{preset: ${preset}, pool: workers, maxUnavailable: 3, changes: ${changes}}`,
});

/** The notes about changes, each as its code and the fields that it names. */
function notesOn(changes: string, preset?: string) {
  return readScenario(rollAfter(changes, preset)).warnings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`);
}

const rolledNodes = (changes: string, preset?: string) => readScenario(rollAfter(changes, preset)).roll.nodes.length;

describe('changes of a pool', () => {
  it('are told apart by how they reach nodes', () => {
    expect(notesOn('[osImage, postInstall, containerEngine, dataDisks, namePrefix, resourceTags]')).toEqual([
      'info CHANGES_BY_ROLL: existing nodes get osImage, postInstall and containerEngine only by the roll',
      'info CHANGES_BY_THEMSELVES: existing nodes get resourceTags without the roll, after up to 10m',
      'warning CHANGES_NOT_APPLIED: no existing node gets dataDisks and namePrefix, rolled or not: they are for new nodes only',
    ]);
  });

  it.each([
    ['cce-sync', 'resourceTags', 0],
    ['cce-sync-2023', 'resourceTags', 10],
    ['cce-sync', 'osImage', 10],
    ['hypershift-inplace', 'release', 10],
    ['hypershift-inplace', 'instanceType', 0],
    ['hypershift-inplace', 'taints', 0],
    ['hypershift-replace', 'instanceType', 10],
    ['hypershift-replace', 'taints', 0],
    ['ack-replace', 'labels', 10],
  ])('of a pool of %s in %s let %i of ten nodes be rolled', (preset, field, count) => {
    expect(rolledNodes(`[${field}]`, preset)).toBe(count);
  });

  it('that need no roll are warned of, and so are those that it does not apply', () => {
    expect(notesOn('[instanceType]', 'hypershift-inplace')).toEqual([
      'warning NOTHING_TO_ROLL: none of the 1 changes needs the roll, so no node is out of date and none is rolled',
      'warning CHANGES_NOT_APPLIED: no existing node gets instanceType, rolled or not: it is for new nodes only',
    ]);
  });

  it('that are for new nodes only are on those that a roll makes for another change', () => {
    expect(notesOn('[release, {field: taints, taints: [{key: dedicated, value: db, effect: NoSchedule}]}]', 'hypershift-replace')).toEqual([
      'info CHANGES_BY_ROLL: existing nodes get release only by the roll',
      'info CHANGES_ON_NEW_NODES: the nodes that the roll makes have taints from the start',
    ]);
  });

  it('may be of another class than the preset says, or of a setting that it does not know', () => {
    expect(rolledNodes('[{field: resourceTags, class: roll}]')).toBe(10);
    expect(rolledNodes('[{field: mtu, class: roll}]', 'kubectl-drain')).toBe(10);
  });

  it.each([
    ['hypershift-inplace', 'upgradeType', 'upgradeType cannot be changed, neither by the roll nor otherwise'],
    ['cce-sync', 'flavor', 'flavor cannot be changed, neither by the roll nor otherwise'],
    ['cce-sync', 'osImag', 'how a change of osImag reaches nodes is not known for cce-sync'],
    ['cce-sync', 'constructor', 'how a change of constructor reaches nodes is not known for cce-sync'],
    ['kubectl-drain', 'osImage', 'how a change of osImage reaches nodes is not known for kubectl-drain'],
    ['ack-inplace', '{field: labels, class: roll, labels: {a: b}}', 'rolled nodes keep the labels that they have'],
  ])('of a pool of %s in %s are refused', (preset, change, message) => {
    expect(summaryOf(faultsIn(rollAfter(`[${change}]`, preset)))).toEqual([`roll.changes[0]: ${message}`]);
  });

  it.each([
    ['{field: osImage, labels: {a: b}}', 'roll.changes[0].labels: not a change of labels'],
    ['{field: labels, taints: [{key: a, effect: NoSchedule}]}', 'roll.changes[0].taints: not a change of taints'],
    ['{field: osImage, removes: [a]}', 'roll.changes[0].removes: nothing to remove'],
  ])('as in %s have to fit together', (change, fault) => {
    expect(summaryOf(faultsIn(rollAfter(`[${change}]`)))).toEqual([fault]);
  });

  it('are known to presets by settings that are written alike', () => {
    const fields = [...presets.values()].flatMap(({ changes }) => Object.keys(changes?.fields ?? {}));
    for (const field of fields) expect(field).toMatch(/^[a-z][a-zA-Z]+$/);
  });
});

const POOLS = ['workers', 'others'].map((name) => `{name: ${name}, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}`).join(', ');
const cluster = `{nodePools: [${POOLS}], workloads: [{name: shop, replicas: 4}]}`;

/** What happens to two nodes of four after `changes`, one rolled after the other in 8 minutes. */
function edited(changes: string, preset = 'cce-sync') {
  const scenario = readScenario({ cluster, roll: `{preset: ${preset}, pool: workers, maxUnavailable: 1, changes: ${changes}}` });
  const result = run(scenario, '1');
  const deletions = eventsOf(result).filter(({ kind, at }) => kind === 'podTerminating' && at >= 0);
  return { result, deletedAt: deletions.map(({ at }) => at), scenario };
}

const TAINT = '{key: dedicated, value: db, effect: NoExecute}';

describe('a taint that a pool gets', () => {
  it('evicts pods from its nodes without any reset, and from no others', () => {
    const { result, deletedAt } = edited(`[{field: taints, taints: [${TAINT}]}]`);
    expect(result.roll.nodes).toEqual([]);
    expect(deletedAt).toEqual([minutes(10), minutes(10)]);
    expect(result.workloads[0]).toMatchObject({ moves: 2, outages: [] });
  });

  it('is told as the cause of an outage', () => {
    const roll = `{preset: cce-sync, pool: workers, maxUnavailable: 1, changes: [{field: taints, taints: [${TAINT}]}]}`;
    const { workloads } = run(readScenario({ roll }), '1');
    expect(workloads[0]?.outages[0]?.cause[0]).toMatch(/^pod default\/shop-\S+ was deleted because of a NoExecute taint .* at 10m$/);
  });

  it('comes as soon as it is said to', () => {
    expect(edited(`[{field: taints, taints: [${TAINT}], within: 2m}]`).deletedAt).toEqual([minutes(2), minutes(2)]);
  });

  it('evicts nothing where only new nodes get it, or when the pool no longer has it', () => {
    expect(edited(`[{field: taints, taints: [${TAINT}]}]`, 'hypershift-inplace').deletedAt).toEqual([]);
    expect(edited('[{field: taints, removes: [dedicated]}]').deletedAt).toEqual([]);
  });

  it('is on nodes that come back from a reset', () => {
    const taint = '{key: dedicated, value: db, effect: NoSchedule}';
    const { result, scenario } = edited(`[osImage, {field: taints, taints: [${taint}], class: roll}]`);
    expect(scenario.cluster.nodes[0]?.poolTaints).toEqual([{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }]);
    const hosts = eventsOf(result).flatMap(({ kind, at, detail }) => (kind === 'podBound' && at >= minutes(8) ? [detail] : []));
    expect(hosts.length).toBeGreaterThan(0);
    expect(JSON.stringify(hosts)).not.toContain('workers-');
  });
});

describe('a taint that only new nodes get', () => {
  it('keeps pods from the nodes that a roll makes for another change', () => {
    const taints = '{field: taints, taints: [{key: dedicated, value: db, effect: NoSchedule}]}';
    const { result, scenario } = edited(`[release, ${taints}]`, 'hypershift-replace');
    expect(scenario.cluster.nodes[0]?.taints).toEqual([]);
    expect(result.roll.outcome).toBe('completed');
    const hosts = eventsOf(result).flatMap(({ kind, at, detail }) => (kind === 'podBound' && at > 0 ? [JSON.stringify(detail)] : []));
    expect(hosts.length).toBeGreaterThan(0);
    expect(hosts.filter((host) => !host.includes('others-'))).toEqual([]);
  });
});

describe('a label that a pool gets', () => {
  it('is on its nodes from then on, and stays on them when the pool loses it', () => {
    const { scenario } = edited('[{field: labels, labels: {tier: gold}, removes: [old], within: 1m}]');
    const nodes = ['workers-1', 'workers-2'];
    expect(scenario.disturbances).toEqual([{ at: minutes(1), kind: 'editNodes', nodes, labels: { tier: 'gold' }, taints: [] }]);
    expect(scenario.cluster.nodes[0]?.poolLabels).toMatchObject({ tier: 'gold' });
    expect(scenario.cluster.nodes[2]?.poolLabels).not.toHaveProperty('tier');
    expect(scenario.warnings.map(({ code }) => code)).toContain('REMOVAL_NOT_APPLIED');
  });

  it('lets pods run that ask for it', () => {
    const pods = '[{name: gold, replicas: 1, nodeSelector: {tier: gold}}]';
    const nodePools = '[{name: workers, nodes: 2, allocatable: {cpu: 4, memory: 16Gi}}]';
    const roll = '{preset: cce-sync, pool: workers, maxUnavailable: 1, changes: [{field: labels, labels: {tier: gold}, within: 5m}]}';
    const { workloads } = run(readScenario({ cluster: `{nodePools: ${nodePools}, workloads: ${pods}}`, roll }), '1');
    expect(workloads[0]?.outages[0]).toMatchObject({ isOver: true });
  });
});
