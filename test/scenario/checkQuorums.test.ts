import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

const cluster = (more = '') =>
  `{nodePools: [{name: workers, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: store, kind: StatefulSet, replicas: 3}, {name: lone, kind: Pod}, {name: off, replicas: 0}, {name: agent, kind: DaemonSet}${more}]}`;
const faults = (quorums: string, spec: Readonly<Record<string, string>> = {}) =>
  summaryOf(faultsIn({ cluster: cluster(), quorums, ...spec }));

describe('checkQuorums', () => {
  it.each([
    [
      'more replicas than there are',
      '[{match: {name: lone}, quorum: 1}, {match: {name: store}, quorum: 4}]',
      'quorums[1].quorum: StatefulSet default/store never has more replicas than 3',
    ],
    [
      'more than any of several has',
      '[{match: {}, quorum: 4}]',
      'quorums[0].quorum: StatefulSet default/store never has more replicas than 3, and 1 more has too few',
    ],
    ['two of a bare pod', '[{match: {name: lone}, quorum: 2}]', 'quorums[0].quorum: Pod default/lone never has more replicas than 1'],
  ])('refuses %s', (_, quorums, expected) => {
    expect(faults(quorums)).toEqual([expected]);
  });

  it('allows what a workload only has later, and anything of one without replicas', () => {
    const scaled = { disturbances: '[{at: 5m, scale: store, replicas: 5}]' };
    expect(faults('[{match: {name: store}, quorum: 5}]', scaled)).toEqual([]);
    const autoscaled = { cluster: cluster(', {name: web, autoscale: {min: 2, max: 6}}') };
    expect(faults('[{match: {name: web}, quorum: 6}]', autoscaled)).toEqual([]);
    expect(faults('[{match: {name: web}, quorum: 7}]', autoscaled)).toHaveLength(1);
    expect(faults('[{match: {name: off}, quorum: 2}]')).toEqual([]);
  });

  it('warns of an entry that never counts', () => {
    const quorums = '[{match: {labels: {app: store}}, quorum: 2}, {match: {kind: StatefulSet}, quorum: 1}]';
    expect(readScenario({ cluster: cluster(), quorums }).warnings).toMatchObject([{ code: 'ENTRY_NEVER_COUNTS', object: 'quorums[1]' }]);
  });
});
