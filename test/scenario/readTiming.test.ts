import { describe, expect, it } from 'vitest';
import { faultsIn, readScenario } from '../support/scenarioText.ts';

const minute = 60_000;

function reset(text: string, files: Readonly<Record<string, string>> = {}) {
  return readScenario({ timing: `{nodes: [{reset: ${text}}]}` }, { files: new Map(Object.entries(files)) }).timing.nodes[0]?.reset;
}

describe('timing', () => {
  it('leaves volumes out unless they are named, and fills in the times that are not given', () => {
    expect(readScenario().timing.volumes).toBeUndefined();
    expect(readScenario({ timing: '{volumes: {attach: 3s, report: {after: 4s}}}' }).timing.volumes).toEqual({
      attach: { kind: 'constant', value: 3000 },
      detach: { kind: 'constant', value: 10_000 },
      provision: { kind: 'constant', value: 5000 },
      unmount: { kind: 'constant', value: 1000 },
      report: { kind: 'after', delay: 4000 },
    });
    const { timing, inputs } = readScenario({ timing: '{volumes: {}}' });
    expect(timing.volumes?.report).toEqual({ kind: 'every', period: 10_000 });
    expect(inputs.find(({ name }) => name === 'timing.volumes.report')).toMatchObject({ origin: 'default', value: 'every 10s' });
  });

  it('reads the CPU of a start, and leaves it out unless it is given', () => {
    expect(readScenario().timing.starts).toBeUndefined();
    const { timing, inputs } = readScenario({ timing: '{starts: {cpu: 1500m}}' });
    expect(timing.starts).toEqual({ cpu: 1500 });
    expect(inputs.find(({ name }) => name === 'timing.starts.cpu')).toMatchObject({ origin: 'assumed', value: '1500m' });
    expect(faultsIn({ timing: '{starts: {cpu: 0}}' })).toMatchObject([
      { path: 'timing.starts.cpu', message: 'not an amount of CPU above 0' },
    ]);
  });

  it('says where the origin of a time belongs', () => {
    const hint = 'it stands beside the value of a time, as in reset: {constant: 40s, origin: assumed}';
    expect(faultsIn({ timing: '{nodes: [{reset: 8m, origin: assumed}]}' })).toMatchObject([{ path: 'timing.nodes[0].origin', hint }]);
  });

  it('refuses a report of volumes that is both regular and not', () => {
    expect(faultsIn({ timing: '{volumes: {report: {every: 10s, after: 4s}}}' })).toMatchObject([
      { path: 'timing.volumes.report', message: 'give exactly one of every, after' },
    ]);
  });

  it.each([
    ['20m', { kind: 'constant', value: 20 * minute }],
    ['{constant: 90s, never: 0.01}', { kind: 'constant', value: 90_000, never: 0.01 }],
    ['{uniform: {min: 5m, max: 1h30m}}', { kind: 'uniform', min: 5 * minute, max: 90 * minute }],
    ['{triangular: {min: 5m, mode: 8m, max: 15m}}', { kind: 'triangular', min: 5 * minute, mode: 8 * minute, max: 15 * minute }],
    ['{exponential: {mean: 8m}}', { kind: 'exponential', mean: 8 * minute }],
    ['{logNormal: {median: 20s, p95: 60s}}', { kind: 'logNormal', median: 20_000, p95: 60_000 }],
    ['{gamma: {shape: 2.5, mean: 8m}}', { kind: 'gamma', shape: 2.5, mean: 8 * minute }],
    ['{weibull: {shape: 1.5, scale: 8m}}', { kind: 'weibull', shape: 1.5, scale: 8 * minute }],
    ['{empirical: {values: [1m, 2m]}}', { kind: 'empirical', values: [minute, 2 * minute] }],
    [
      '{mixture: [{weight: 9, of: 8m}, {weight: 1, of: {constant: 20m}}]}',
      {
        kind: 'mixture',
        parts: [
          { weight: 9, of: { kind: 'constant', value: 8 * minute } },
          { weight: 1, of: { kind: 'constant', value: 20 * minute } },
        ],
      },
    ],
  ])('reads %s', (text, expected) => {
    expect(reset(text)).toEqual(expected);
  });

  it('reads measured values from a file, in seconds or with a unit', () => {
    expect(reset('{empirical: {file: resets.txt}, never: 0.1}', { 'resets.txt': '# minutes of last year\n480\n9m\n\n' })).toEqual({
      kind: 'empirical',
      values: [8 * minute, 9 * minute],
      never: 0.1,
    });
  });

  it('points at the line of a file that holds no duration', () => {
    const files = new Map([['resets.txt', '480\nfast\n']]);
    expect(faultsIn({ timing: '{nodes: [{reset: {empirical: {file: resets.txt}}}]}' }, { files })).toMatchObject([
      { message: 'not a duration', position: { file: 'resets.txt', line: 2 } },
    ]);
  });

  it.each([
    ['two shapes', '{constant: 5m, exponential: {mean: 8m}}', 'timing.nodes[0].reset'],
    ['no shape', '{origin: measured}', 'timing.nodes[0].reset'],
    ['a mode outside', '{triangular: {min: 5m, mode: 20m, max: 15m}}', 'timing.nodes[0].reset.triangular'],
    ['a p95 below the median', '{logNormal: {median: 20s, p95: 10s}}', 'timing.nodes[0].reset.logNormal'],
    ['a shape of 0', '{gamma: {shape: 0, mean: 8m}}', 'timing.nodes[0].reset.gamma.shape'],
    ['a probability above 1', '{constant: 5m, never: 1.1}', 'timing.nodes[0].reset.never'],
    [
      'a fault inside a mixture',
      '{mixture: [{weight: 1, of: {uniform: {min: 2m, max: 1m}}}]}',
      'timing.nodes[0].reset.mixture[0].of.uniform',
    ],
    ['a bare number', '480', 'timing.nodes[0].reset'],
    ['a unit that is not there', '8min', 'timing.nodes[0].reset'],
  ])('refuses %s', (_, text, path) => {
    expect(faultsIn({ timing: `{nodes: [{reset: ${text}}]}` }).map((fault) => fault.path)).toEqual([path]);
  });

  it('keeps the order of entries and ends each list with one for all others', () => {
    const { timing, inputs } = readScenario({
      timing:
        '{nodes: [{match: {names: [workers-7]}, reset: {constant: 20m, origin: measured}}], pods: [{match: {labels: {app: shop}}, ready: {constant: 20s, origin: measured}}]}',
    });
    expect(timing.nodes.map(({ match, origin }) => [match, origin])).toEqual([
      [{ names: ['workers-7'] }, 'measured'],
      [{}, 'default'],
    ]);
    expect(timing.pods.map(({ match, origin }) => [match, origin])).toEqual([
      [{ labels: { app: 'shop' } }, 'default'],
      [{}, 'default'],
    ]);
    expect(inputs).toContainEqual({ name: 'timing.nodes[0].reset', origin: 'measured', value: '20m' });
    expect(inputs).toContainEqual({ name: 'timing.pods[0].exit', origin: 'default', value: '2s' });
  });

  it('warns of an entry that fits no pod', () => {
    const { warnings } = readScenario({
      timing: '{pods: [{match: {labels: {app: shop}}, ready: 5s}, {match: {namespace: shop}, ready: 5s}, {exit: 1s}]}',
    });
    expect(warnings.map(({ code, object }) => [code, object])).toEqual([['TIMING_MATCHES_NOTHING', 'timing.pods[1]']]);
  });

  it('warns of an entry behind others that fit all that it does', () => {
    const { warnings } = readScenario({
      timing:
        '{nodes: [{reset: 5m}, {match: {names: [workers-1]}, reset: 50m}], pods: [{match: {labels: {app: shop}}}, {match: {namespace: default}, ready: 5s}]}',
    });
    expect(warnings.map(({ code, object }) => [code, object])).toEqual([
      ['ENTRY_NEVER_COUNTS', 'timing.nodes[1]'],
      ['ENTRY_NEVER_COUNTS', 'timing.pods[1]'],
    ]);
  });

  it('reads the rates of image pulls with and without a final B', () => {
    const { images } = readScenario({ timing: '{images: {size: 300MB, nodeRate: 50M, registryRate: 1.5GiB}}' }).timing;
    expect(images).toEqual({ sizeBytes: 300_000_000, nodeRate: 50_000_000, registryRate: 1.5 * 1024 ** 3 });
  });

  it.each([
    ['false', undefined],
    ['true', 'unlimited'],
    ['3', 3],
  ])('reads parallel: %s', (written, parallel) => {
    const { images } = readScenario({ timing: `{images: {size: 1MB, nodeRate: 1M, registryRate: 1M, parallel: ${written}}}` }).timing;
    expect(images?.parallel).toBe(parallel);
  });
});

describe('the lag of endpoints', () => {
  it('is read with its parts, each nothing unless given, and absent unless asked for', () => {
    expect(readScenario({ timing: '{endpoints: {loadBalancer: 15s}}' }).timing.endpoints).toEqual({ removal: 0, loadBalancer: 15_000 });
    expect(readScenario({ timing: '{}' }).timing.endpoints).toBeUndefined();
  });
});
