import { describe, expect, it } from 'vitest';
import { minutes, NEVER, seconds } from '../../src/units.ts';
import { faultsIn, readScenario, summaryOf } from '../support/scenarioText.ts';

describe('the kind of a drain', () => {
  it('replaces the drain of the preset, and single knobs of the scenario win over both', () => {
    const roll = '{preset: cce-sync, pool: workers, maxUnavailable: 3, drain: {kind: cluster-api, timeout: 10m}}';
    expect(readScenario({ roll }).roll).toMatchObject({
      preset: 'cce-sync',
      replacement: 'reset',
      drain: { kind: 'cluster-api', retry: seconds(20), poll: seconds(20), timeout: minutes(10), onTimeout: 'force' },
    });
  });

  it('is refused when nobody drains that way', () => {
    const [fault] = faultsIn({ roll: '{preset: cce-sync, pool: workers, maxUnavailable: 3, drain: {kind: capi}}' });
    expect(fault).toMatchObject({ code: 'SCENARIO_INVALID', path: 'roll.drain.kind' });
  });
});

describe('the time of a drain', () => {
  const withDrain = (drain: string) => ({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: 3, drain: ${drain}}` });

  it('cannot be 0, which people write to mean no limit', () => {
    expect(faultsIn(withDrain('{timeout: 0s}'))).toMatchObject([
      { path: 'roll.drain.timeout', message: 'must be above 0s', hint: expect.stringContaining('write never for no limit') },
    ]);
    expect(readScenario(withDrain('{timeout: never}')).roll.drain.timeout).toBe(NEVER);
  });

  it('passes between two attempts', () => {
    expect(summaryOf(faultsIn(withDrain('{retry: 0s}')))).toEqual(['roll.drain.retry: must be above 0s']);
    const never = '{backoff: {factor: 2, longest: 0s}}';
    expect(summaryOf(faultsIn(withDrain(never)))).toEqual(['roll.drain.backoff.longest: must be above 0s']);
  });
});

describe('what a roll destroys', () => {
  const wipeOf = (knobs: string, preset = 'cce-sync') =>
    readScenario({ roll: `{preset: ${preset}, pool: workers, maxUnavailable: 3, ${knobs}}` }).roll.wipe;

  it('follows the replacement that the scenario names', () => {
    expect(new Set(Object.values(wipeOf('replacement: inplace')))).toEqual(new Set([false]));
    expect(new Set(Object.values(wipeOf('replacement: reset', 'kubectl-drain')))).toEqual(new Set([true]));
  });

  it('is what the scenario says, whatever the replacement', () => {
    expect(wipeOf('replacement: inplace, wipe: {imageCache: true}')).toMatchObject({ imageCache: true, systemDisk: false });
  });

  it('spares local volumes with the data disks that they lie on', () => {
    expect(wipeOf('wipe: {dataDisks: false}')).toMatchObject({ dataDisks: false, localVolumes: false, systemDisk: true });
    expect(wipeOf('wipe: {dataDisks: false, localVolumes: true}')).toMatchObject({ dataDisks: false, localVolumes: true });
    expect(wipeOf('wipe: {dataDisks: true}', 'kubectl-drain')).toMatchObject({ localVolumes: true, systemDisk: false });
  });
});

describe('the return of a node', () => {
  const withKnobs = (knobs: string) => ({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: 3, ${knobs}}` });

  it('is never waited for not at all, which would fail every node', () => {
    expect(summaryOf(faultsIn(withKnobs('failure: {readyTimeout: 0s}')))).toEqual(['roll.failure.readyTimeout: must be above 0s']);
    expect(readScenario(withKnobs('failure: {readyTimeout: never}')).roll.failure.readyTimeout).toBe(NEVER);
  });

  it('may fail to come so often before the roll stops or pauses', () => {
    expect(summaryOf(faultsIn(withKnobs('failure: {maxFailed: -1, then: stop}')))).toEqual(['roll.failure.maxFailed: must be at least 0']);
    expect(readScenario(withKnobs('failure: {maxFailed: 2, then: pause}')).roll.failure).toMatchObject({ maxFailed: 2, then: 'pause' });
  });

  it.each([
    ['postInstall: 6m', ['info SCRIPT_NOT_WAITED_FOR']],
    ['postInstall: 6m, waitPostInstallFinish: true', []],
    ['waitPostInstallFinish: true', ['warning SCRIPT_LENGTH_UNKNOWN']],
    ['postInstall: 0s', []],
  ])('with the gate %s is noted as %j', (gate, notes) => {
    const { warnings } = readScenario(withKnobs(`gate: {${gate}}`));
    expect(warnings.map(({ severity, code }) => `${severity} ${code}`)).toEqual(notes);
  });
});

describe('a percentage of maxUnavailable', () => {
  const pool = (name: string, nodes: number) => `{name: ${name}, nodes: ${nodes}, allocatable: {cpu: 4, memory: 8Gi}}`;
  const cluster = `{nodePools: [${pool('workers', 10)}, ${pool('others', 20)}]}`;
  const nodes = 'nodes: {names: [workers-1, workers-2, workers-3, workers-4]}';

  it.each([
    ['kubectl-drain', 'the nodes that are rolled', 2],
    ['hypershift-inplace', 'their pool', 5],
    ['aks-unavailable', 'their pool', 5],
    ['ack-legacy-cluster', 'the whole cluster', 15],
  ])('is for %s one of %s', (preset, _, count) => {
    const roll = `{preset: ${preset}, ${nodes}, maxUnavailable: 50%}`;
    expect(readScenario({ cluster, roll }).roll.maxUnavailable).toBe(count);
  });

  it('counts nodes alone whose pool is not known', () => {
    const node = (name: string) => `{apiVersion: v1, kind: Node, metadata: {name: ${name}}, status: {allocatable: {cpu: 4}}}`;
    const objects = `{objects: [${['a', 'b', 'c', 'd'].map(node).join(', ')}]}`;
    const roll = '{preset: aks-unavailable, nodes: {names: [a, b]}, maxUnavailable: 50%}';
    expect(readScenario({ cluster: objects, roll }).roll.maxUnavailable).toBe(1);
  });
});

describe('the pacing of a roll', () => {
  const rollWith = (pacing: string) => ({ roll: `{preset: cce-sync, pool: workers, maxUnavailable: 3, pacing: ${pacing}}` });

  it.each([
    ['{kind: window}', []],
    ['{kind: rampe, first: 1}', ['roll.pacing.kind: not one of the known values']],
    ['{kind: ramp, first: 1}', ['roll.pacing.factor: missing, expected a whole number']],
    ['{kind: ramp, first: 0, factor: 1}', ['roll.pacing.first: must be at least 1', 'roll.pacing.factor: must be at least 2']],
    ['{kind: ramp, factor: 2, cap: 0}', ['roll.pacing.cap: must be at least 1']],
    ['ramp', ['roll.pacing.factor: missing, expected a whole number']],
    ['{cap: 2}', ['roll.pacing.cap: only a ramp grows']],
    ['{kind: window, factor: 2}', ['roll.pacing.factor: only a ramp grows']],
    ['{kind: window, interval: 10m}', ['roll.pacing.interval: a window has no batches']],
    ['{kind: window, pause: every, resumeAfter: 1h}', ['roll.pacing.pause: a window has no batches']],
    ['{kind: window, pause: none}', []],
    ['{kind: ramp, first: 4, factor: 2, cap: 30%}', ['roll.pacing.first: must be at most 3, the cap']],
    ['{kind: ramp, first: 4, factor: 2, cap: many}', ['roll.pacing.cap: expected a whole number']],
    ['{kind: window, pause: every}', ['roll.pacing.pause: a window has no batches']],
    ['{interval: 5m, pause: every, resumeAfter: 1h}', ['roll.pacing.interval: the roll pauses after every batch']],
    ['{interval: 5m, pause: first, resumeAfter: 1h}', []],
    ['{pause: first}', ['roll.pacing.resumeAfter: missing, expected a duration']],
    ['{pause: none, resumeAfter: 1h}', ['roll.pacing.resumeAfter: the roll does not pause']],
    ['{pause: second, resumeAfter: 1h}', ['roll.pacing.pause: not one of the known values']],
    ['ramps', ['roll.pacing: not one of the known values']],
    ['[window]', ['roll.pacing: expected an object, found a list']],
  ])('given as %s has the faults %j', (pacing, faults) => {
    expect(summaryOf(faultsIn(rollWith(pacing)))).toEqual(faults);
  });

  it.each([
    ['{interval: 10m}', { kind: 'barrier', interval: minutes(10) }, 'barrier, interval 10m'],
    ['{kind: ramp, factor: 2}', { kind: 'ramp', factor: 2 }, 'ramp 1 x 2'],
    ['{kind: ramp, first: 2, factor: 4, cap: 20%}', { kind: 'ramp', first: 2, factor: 4, cap: 2 }, 'ramp 2 x 4, cap 2'],
    [
      '{pause: every, resumeAfter: 1h, soak: 5m}',
      { kind: 'barrier', pause: 'every', resumeAfter: minutes(60), soak: minutes(5) },
      'barrier, soak 5m, pause every for 1h',
    ],
  ])('given as %s is %j, and listed as %s', (given, pacing, listed) => {
    const { roll, inputs } = readScenario(rollWith(given));
    expect(roll.pacing).toEqual(pacing);
    expect(inputs).toContainEqual({ name: 'roll.pacing', origin: 'assumed', value: listed });
  });
});
