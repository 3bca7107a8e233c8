import { describe, expect, it } from 'vitest';
import { isDeterministic } from '../../src/experiments/isDeterministic.ts';
import { referencedSources } from '../../src/scenario/referencedSources.ts';
import { minutes, seconds } from '../../src/units.ts';
import { faultsIn, readScenario, scenarioText, summaryOf } from '../support/scenarioText.ts';

const cluster =
  '{nodePools: [{name: workers, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: store, kind: StatefulSet, replicas: 3}, {name: agent, kind: DaemonSet}]}';

describe('quorums', () => {
  it('are read with the time of a copy, 0 s unless given, and the origin of both', () => {
    const { quorums, inputs } = readScenario({
      cluster,
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
  ])('refuse %s', (_, quorums, expected) => {
    const found = summaryOf(faultsIn({ cluster, quorums }));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it('take measured times from a file', () => {
    const spec = { cluster, quorums: '[{match: {name: store}, quorum: 2, sync: {empirical: {file: copies.txt}}}]' };
    expect(referencedSources(scenarioText(spec), 'case.yaml').files).toEqual(['copies.txt']);
    const { quorums } = readScenario(spec, { files: new Map([['copies.txt', '90\n2m\n']]) });
    expect(quorums?.[0]?.sync).toEqual({ kind: 'empirical', values: [seconds(90), minutes(2)] });
  });

  it('leave something to chance if the copy does', () => {
    const certain = (sync: string) =>
      isDeterministic(readScenario({ cluster, quorums: `[{match: {name: store}, quorum: 2, sync: ${sync}}]` }));
    expect(certain('5m')).toBe(true);
    expect(certain('{uniform: {min: 1m, max: 2m}}')).toBe(false);
  });
});
