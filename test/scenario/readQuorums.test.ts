import { describe, expect, it } from 'vitest';
import { isDeterministic } from '../../src/experiments/isDeterministic.ts';
import { referencedSources } from '../../src/scenario/referencedSources.ts';
import { minutes, seconds } from '../../src/units.ts';
import { faultsIn, readScenario, scenarioText, summaryOf } from '../support/scenarioText.ts';

const cluster = (more = '') =>
  `{nodePools: [{name: workers, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: store, kind: StatefulSet, replicas: 3}, {name: lone, kind: Pod}, {name: off, replicas: 0}, {name: agent, kind: DaemonSet}${more}]}`;
const faults = (quorums: string, spec: Readonly<Record<string, string>> = {}) =>
  summaryOf(faultsIn({ cluster: cluster(), quorums, ...spec }));

describe('quorums', () => {
  it('are read with the time of a copy, 0 s unless given, and the origin of both', () => {
    const { quorums, inputs } = readScenario({
      cluster: cluster(),
      quorums: '[{match: {name: store}, quorum: 2, sync: {constant: 5m, origin: measured}}, {match: {kind: DaemonSet}, quorum: 9}]',
    });
    expect(quorums).toEqual([
      { match: { name: 'store' }, quorum: 2, sync: { kind: 'constant', value: minutes(5) } },
      { match: { kind: 'DaemonSet' }, quorum: 9, sync: { kind: 'constant', value: 0 } },
    ]);
    expect(inputs.filter(({ name }) => name.startsWith('quorums'))).toEqual([
      { name: 'quorums[0].quorum', origin: 'assumed', value: '2' },
      { name: 'quorums[0].sync', origin: 'measured', value: '5m' },
      { name: 'quorums[1].quorum', origin: 'assumed', value: '9' },
      { name: 'quorums[1].sync', origin: 'default', value: '0s' },
    ]);
  });

  it('are absent unless given', () => {
    expect(readScenario()).not.toHaveProperty('quorums');
    expect(readScenario({ quorums: '[]' })).not.toHaveProperty('quorums');
  });

  it.each([
    ['a quorum of nothing', '[{match: {name: store}, quorum: 0}]', 'quorums[0].quorum: '],
    ['half a member', '[{match: {name: store}, quorum: 1.5}]', 'quorums[0].quorum: '],
    ['no quorum', '[{match: {name: store}}]', 'quorums[0]'],
    ['no match', '[{quorum: 2}]', 'quorums[0]'],
    ['an unknown key', '[{match: {name: store}, quorum: 2, copy: 5m}]', 'quorums[0]'],
    ['a match that fits nothing', '[{match: {name: stork}, quorum: 2}]', 'quorums[0].match: no workload matches'],
    [
      'more than there are',
      '[{match: {name: lone}, quorum: 1}, {match: {name: store}, quorum: 4}]',
      'quorums[1].quorum: StatefulSet default/store never has more replicas than 3',
    ],
    ['two of a bare pod', '[{match: {name: lone}, quorum: 2}]', 'quorums[0].quorum: Pod default/lone never has more replicas than 1'],
  ])('refuse %s', (_, quorums, expected) => {
    const found = faults(quorums);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it('may want what a workload only has later, and anything of one without replicas', () => {
    const scaled = { disturbances: '[{at: 5m, scale: store, replicas: 5}]' };
    expect(faults('[{match: {name: store}, quorum: 5}]', scaled)).toEqual([]);
    const autoscaled = { cluster: cluster(', {name: web, autoscale: {min: 2, max: 6}}') };
    expect(faults('[{match: {name: web}, quorum: 6}]', autoscaled)).toEqual([]);
    expect(faults('[{match: {name: web}, quorum: 7}]', autoscaled)).toHaveLength(1);
    expect(faults('[{match: {name: off}, quorum: 2}]')).toEqual([]);
  });

  it('warn of an entry that never counts', () => {
    const quorums = '[{match: {labels: {app: store}}, quorum: 2}, {match: {kind: StatefulSet}, quorum: 1}]';
    expect(readScenario({ cluster: cluster(), quorums }).warnings).toMatchObject([{ code: 'ENTRY_NEVER_COUNTS', object: 'quorums[1]' }]);
  });

  it('take measured times from a file', () => {
    const spec = { cluster: cluster(), quorums: '[{match: {name: store}, quorum: 2, sync: {empirical: {file: copies.txt}}}]' };
    expect(referencedSources(scenarioText(spec), 'case.yaml').files).toEqual(['copies.txt']);
    const { quorums } = readScenario(spec, { files: new Map([['copies.txt', '90\n2m\n']]) });
    expect(quorums?.[0]?.sync).toEqual({ kind: 'empirical', values: [seconds(90), minutes(2)] });
  });

  it('leave something to chance if the copy does', () => {
    const certain = (sync: string) =>
      isDeterministic(readScenario({ cluster: cluster(), quorums: `[{match: {name: store}, quorum: 2, sync: ${sync}}]` }));
    expect(certain('5m')).toBe(true);
    expect(certain('{uniform: {min: 1m, max: 2m}}')).toBe(false);
  });
});
