import { describe, expect, it } from 'vitest';
import { minutes } from '../../src/units.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const rollWith = (knobs: string, preset = 'capi-md') => ({ roll: `{preset: ${preset}, pool: workers${knobs === '' ? '' : `, ${knobs}`}}` });
const limitsOf = (knobs: string) => {
  const { maxUnavailable, surge } = readScenario(rollWith(knobs)).roll;
  return [surge?.nodes, maxUnavailable];
};

describe('the surge of a MachineDeployment of ten', () => {
  it.each([
    ['', [1, 0]],
    ['surge: 25%, maxUnavailable: 25%', [3, 2]],
    ['surge: 0, maxUnavailable: 5%', [0, 1]],
    ['surge: 5%, maxUnavailable: 5%', [1, 0]],
    ['surge: 0, maxUnavailable: 30', [0, 10]],
  ])('given as {%s} allows %j nodes more and fewer', (knobs, limits) => {
    expect(limitsOf(knobs)).toEqual(limits);
  });

  it.each([
    ['surge: 0', ['roll.surge: not 0 with maxUnavailable 0: no node could ever go']],
    ['surge: 0, maxUnavailable: 0%', ['roll.surge: not 0 with maxUnavailable 0: no node could ever go']],
    ['surge: -1', ['roll.surge: must be at least 0']],
    ['surge: 1.5', ['roll.surge: expected a whole number, found a fraction']],
    ['quota: 0', ['roll.quota: must be at least 1']],
  ])('refuses {%s}', (knobs, faults) => {
    expect(summaryOf(faultsIn(rollWith(knobs)))).toEqual(faults);
  });

  it('has a quota, if one is given', () => {
    expect(readScenario(rollWith('')).roll.surge).toEqual({ strategy: 'rollingUpdate', nodes: 1 });
    expect(readScenario(rollWith('quota: 12')).roll.surge).toEqual({ strategy: 'rollingUpdate', nodes: 1, quota: 12 });
  });
});

describe('a roll that keeps its nodes and one that replaces them', () => {
  it.each([
    ['maxUnavailable: 1, surge: 1', 'cce-sync', ['roll.surge: preset cce-sync makes no new nodes']],
    ['maxUnavailable: 1, quota: 11', 'cce-sync', ['roll.quota: preset cce-sync makes no new nodes']],
    ['maxUnavailable: 1, replacement: replace', 'cce-sync', ['roll.replacement: preset cce-sync keeps its nodes']],
    ['replacement: inplace', 'hypershift-replace', ['roll.replacement: preset hypershift-replace replaces nodes']],
    ['replacement: replace', 'capi-md', []],
    ['pacing: barrier', 'capi-md', ['roll.pacing: not with nodes that are replaced']],
    ['wipe: {imageCache: false}', 'capi-md', ['roll.wipe: not with nodes that are replaced']],
    ['cordon: wholePool', 'capi-md', ['roll.cordon: preset capi-md cordons each node when its turn comes']],
    ['gate: {postInstall: 5m}', 'capi-md', ['roll.gate.postInstall: not with nodes that are replaced']],
    ['gate: {initConditions: {NetReady: 1m}}', 'capi-md', ['roll.gate.initConditions: not with nodes that are replaced']],
    ['budgetAccounting: anyUnready', 'capi-md', ['roll.budgetAccounting: not modelled where nodes are replaced']],
    [
      'maintenance: {onClose: runOn, windows: [{start: "03:00", duration: 3h}]}',
      'capi-md',
      ['roll.maintenance: not modelled where nodes are replaced'],
    ],
    ['changes: [{field: osImage, class: roll}]', 'capi-md', []],
    ['gate: {minReady: 5m}, order: random', 'capi-md', []],
  ])('take only knobs that mean something: {%s} for %s', (knobs, preset, faults) => {
    expect(summaryOf(faultsIn(rollWith(knobs, preset)))).toEqual(faults);
  });
});

describe('the times of machines', () => {
  const read = (nodes: string, roll = rollWith('')) => readScenario({ timing: `{nodes: ${nodes}}`, ...roll });

  it('are those of a reset and a minute, unless given', () => {
    const { timing, inputs } = read('[{reset: 6m}]');
    expect(timing.nodes[0]).toMatchObject({ deletion: { value: minutes(1) } });
    expect(timing.nodes[0]?.boot).toBeUndefined();
    expect(inputs).toContainEqual({ name: 'timing.nodes[].boot', origin: 'default', value: 'as long as a reset' });
    expect(inputs).toContainEqual({ name: 'timing.nodes[].deletion', origin: 'default', value: '1m' });
  });

  it('stand for that of a reset too where only they are given', () => {
    const { timing, inputs } = read('[{boot: {constant: 4m, origin: measured}, deletion: 2m}]');
    expect(timing.nodes).toMatchObject([{ reset: { value: minutes(4) }, boot: { value: minutes(4) }, deletion: { value: minutes(2) } }]);
    expect(inputs.filter(({ name }) => name.startsWith('timing.nodes'))).toEqual([
      { name: 'timing.nodes[0].boot', origin: 'measured', value: '4m' },
      { name: 'timing.nodes[0].deletion', origin: 'assumed', value: '2m' },
    ]);
  });

  it('are not made up for a roll that keeps its nodes', () => {
    const { timing } = read('[{reset: 6m}]', rollWith('maxUnavailable: 1', 'cce-sync'));
    expect(timing.nodes[0]?.deletion).toBeUndefined();
  });

  it('are needed in one way or the other', () => {
    expect(summaryOf(faultsIn({ timing: '{nodes: [{match: {names: [workers-1]}}]}' }))).toEqual(['timing.nodes[0].reset: missing reset']);
  });
});
