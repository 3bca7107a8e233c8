import { describe, expect, it } from 'vitest';
import { faultsIn, summaryOf } from '../support/scenarioText.ts';

/** One wrong value for every kind of complaint, in every section. */
const wrong = {
  seed: '[1]',
  horizon: '12',
  kubernetesVersion: '1.34',
  cluster: [
    '{nodePools: [{name: w, nodes: 0, alocatable: {}, allocatable: {cpu: 2x, memory: 4Gi}}]',
    'workloads: [{name: Web, replicas: "2"}, {name: a, replicas: -1, budget: {maxUnavailable: 1, minAvailable: 1}}]',
    'objects: [{kind: Pod}, {apiVersion: v1, kind: Pod, metadata: {}}]}',
  ].join(', '),
  timing: '{nodes: [{reset: {triangular: {min: 5m, mode: 3m, max: 15m}}}], pods: [{ready: -5s}], images: {size: 3}}',
  demand: '[{curve: {values: [1]}, perReplica: 0}]',
  roll: '{preset: cce-sync, pool: w, maxUnavailable: 1, drain: {mode: evct}, surge: 1, gate: 5}',
  disturbances: '[{at: 4m}, {at: 4m, deletePod: x}]',
  objectives: '[{maxDuration: 3h, probability: 2}, {minHeadroom: {cpu: 10}}]',
};

function withWorkload(field: string): string {
  return `{nodePools: [{name: workers, nodes: 1, allocatable: {cpu: 1, memory: 1Gi}}], workloads: [{name: a, ${field}}]}`;
}

describe('every fault of a scenario', () => {
  it('names its place in the file and the next thing to try', () => {
    const faults = faultsIn(wrong);
    expect(faults.length).toBeGreaterThan(20);
    expect(faults.filter(({ position, hint }) => position === undefined || hint === undefined)).toEqual([]);
  });

  it.each([
    ['a number in quotes', { cluster: withWorkload('replicas: "2"') }, 'leave the quotes out'],
    ['text without quotes', { horizon: '12' }, 'put it in quotes'],
    ['a version without quotes', { kubernetesVersion: '1.34' }, 'put it in quotes. Known: 1.33, 1.34, 1.35'],
    ['too little', { cluster: withWorkload('replicas: -1') }, 'give 0 or more'],
    ['too much', { objectives: '[{maxDuration: 3h, probability: 2}]' }, 'give 1 or less'],
    [
      'a knob that is not modelled',
      { roll: '{preset: cce-sync, pool: workers, maxUnavailable: 1, failure: {autoRepair: {}}}' },
      'leave it out',
    ],
  ])('says of %s how to put it right', (_, spec, hint) => {
    expect(faultsIn(spec)).toMatchObject([{ hint }]);
  });

  it.each([
    [{ cluster: withWorkload('replicas: 1e99') }, 'cluster.workloads[0].replicas: must be at most 100000'],
    [{ cluster: withWorkload('replicas: -1e99') }, 'cluster.workloads[0].replicas: must be at least 0'],
    [{ cluster: withWorkload('priority: 1e99') }, 'cluster.workloads[0].priority: must be at most 9007199254740991'],
    [{ seed: '""' }, 'seed: must have at least 1 character'],
  ])('tells the bound of %j once, in English', (spec, text) => {
    expect(summaryOf(faultsIn(spec))).toEqual([text]);
  });

  it('points at the entry of cluster.load whose files are not there', () => {
    const missing = { code: 'FILE_UNREADABLE' as const, message: 'no YAML or JSON file at dump/', hint: 'look' };
    const loaded = new Map([['dump/', { read: () => [missing] }]]);
    const faults = faultsIn({ cluster: '{load: [dump/]}' }, { loaded });
    expect(summaryOf(faults)).toEqual(['cluster.load[0]: no YAML or JSON file at dump/']);
    expect(faults[0]?.position).toEqual({ file: 'case.yaml', line: 5, column: 20 });
  });
});
