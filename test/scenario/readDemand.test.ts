import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario } from '../support/scenarioText.ts';

const demand = '[{match: {labels: {app: shop}}, curve: {file: demand.csv}, perReplica: 120}]';
const rows = Array.from({ length: 168 }, (_, hour) => `${hour},${hour % 24 < 8 ? 100 : 250.5}`);

function csv(lines: readonly string[], header = 'hourOfWeek,requestsPerSecond') {
  return { files: new Map([['demand.csv', [header, ...lines, ''].join('\n')]]) };
}

describe('demand', () => {
  it('reads a curve of 168 hours from a file', () => {
    const [entry] = readScenario({ demand }, csv(rows)).demand;
    expect(entry).toMatchObject({ match: { labels: { app: 'shop' } }, perReplica: 120 });
    expect(entry?.requestsPerSecond).toHaveLength(168);
    expect([7, 8, 31, 32].map((hour) => entry?.requestsPerSecond[hour])).toEqual([100, 250.5, 100, 250.5]);
  });

  it('repeats 24 values every day and takes Windows line ends', () => {
    const values = Array.from({ length: 24 }, (_, hour) => hour);
    const [entry] = readScenario({ demand: `[{curve: {values: [${values.join(', ')}]}, perReplica: 1}]` }).demand;
    expect([0, 23, 24, 167].map((hour) => entry?.requestsPerSecond[hour])).toEqual([0, 23, 0, 23]);
    const windows = { files: new Map([['demand.csv', ['hourOfWeek,requestsPerSecond', ...rows].join('\r\n')]]) };
    expect(readScenario({ demand }, windows).demand).toHaveLength(1);
  });

  it.each([
    ['another header', csv(rows, 'hour,rps'), 1, 'not the header of a demand curve'],
    ['a missing hour', csv(rows.slice(0, 167)), 1, '1 of 168 hours are missing, the first is 167'],
    ['an hour twice', csv([...rows, '3,1']), 170, 'hour 3 is there twice'],
    ['an hour that no week has', csv([...rows, '168,1']), 170, 'an hour of the week is 0 to 167'],
    ['a negative rate', csv([...rows, '5,-1']), 170, 'not an hour and a rate'],
  ])('refuses %s with its line', (_, files, line, message) => {
    expect(faultsIn({ demand }, files)).toMatchObject([{ message, position: { file: 'demand.csv', line } }]);
  });

  describe('of which the first entry that fits counts', () => {
    const cluster =
      '{nodePools: [{name: workers, nodes: 10, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: web}, {name: api, kind: StatefulSet}]}';
    const entry = (match: string) => `{${match}curve: {values: [${Array(24).fill(1).join(', ')}]}, perReplica: 1}`;
    const [all, web, sets] = [entry(''), entry('match: {name: web}, '), entry('match: {kind: StatefulSet}, ')];

    it.each([
      ['one behind an entry for all', [all, web], ['demand[1]: put it before demand[0]']],
      ['one whose every workload fits another before', [web, sets, all, web], ['demand[3]: put it before demand[0]']],
      ['none in the order from special to general', [web, all], []],
      ['none that is for the rest, of which there is none', [web, sets, all], []],
      ['a second one for the rest', [web, all, all], ['demand[2]: put it before demand[0]']],
    ])('warns of %s', (_, entries, expected) => {
      const { warnings } = readScenario({ cluster, demand: `[${entries.join(', ')}]` });
      expect(warnings.map(({ code, object, hint }) => `${code} ${object}: ${hint}`)).toEqual(
        expected.map((each) => `ENTRY_NEVER_COUNTS ${each}`),
      );
    });
  });

  it('refuses a curve that is not there, neither file nor values, and a wrong number of values', () => {
    expect(faultsIn({ demand })).toMatchObject([{ code: 'FILE_UNREADABLE', path: 'demand[0].curve.file' }]);
    expect(faultsIn({ demand: '[{curve: {}, perReplica: 1}]' })).toMatchObject([{ path: 'demand[0].curve' }]);
    expect(faultsIn({ demand: '[{curve: {values: [1, 2]}, perReplica: 1}]' })).toMatchObject([{ path: 'demand[0].curve' }]);
  });
});
