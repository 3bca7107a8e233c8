import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exitCode.ts';
import type { Fault } from '../../src/errors.ts';
import type { WindowStart } from '../../src/experiments/Forecast.ts';
import type { SweepCell } from '../../src/experiments/sweep.ts';
import { drainKinds, presets } from '../../src/rolls/registry.ts';
import { callCommand } from '../support/callCommand.ts';
import { pairScenario } from '../support/pairScenario.ts';

let folder = '';
const at = (name: string) => join(folder, name);

const call = (...words: string[]) => callCommand(words);

/** What is wrong with `words`; those that name a scenario of this test mean it. */
async function faultsOf(...words: string[]): Promise<readonly Fault[]> {
  const named = words.map((word) => (word === 'good.yaml' ? at(word) : word));
  return call(...named).then(
    () => [],
    (error) => error.faults,
  );
}

const REPLICATIONS = '--replications is no whole number from 1 to 100000';
const LIMIT = '--max-replications is no whole number from 1 to 100000';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
  writeFileSync(at('good.yaml'), pairScenario({ replicas: 6 }));
  writeFileSync(at('single.yaml'), pairScenario({ replicas: 1 }));
  writeFileSync(at('blocked.yaml'), pairScenario({ replicas: 2, budget: '{minAvailable: 2}' }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('commandLine', () => {
  it.each([
    ['an unknown command', ['forecast'], 'unknown command "forecast"', 'Known: check, compare, completion, explain'],
    ['a command with a slip', ['runn', 'good.yaml'], 'unknown command "runn"', 'did you mean run?'],
    ['run without a scenario', ['run'], 'run needs a scenario file', 'such as: rollcast run scenario.yaml'],
    [
      'sweep without a scenario',
      ['sweep', '--max-unavailable', '1..5'],
      'sweep needs a scenario file',
      'such as: rollcast sweep scenario.yaml',
    ],
    ['compare with a single scenario', ['compare', 'good.yaml'], 'compare needs two scenarios', 'such as: rollcast compare scenario.yaml'],
    ['a seed for one side', ['compare', 'good.yaml', 'good.yaml', '--b.seed', '7'], '--b.seed: both run under', 'write --seed for both'],
    ['window without a scenario', ['window'], 'window needs a scenario file', 'such as: rollcast window scenario.yaml'],
    ['check without a scenario', ['check'], 'check needs a scenario file', 'such as: rollcast check scenario.yaml'],
    ['verify without a recording', ['verify'], 'verify needs a recorded roll', 'such as: rollcast verify roll.json.gz'],
    [
      'explain without a subject',
      ['explain', 'reports/shop'],
      'explain needs a report folder and what',
      'such as: rollcast explain reports/',
    ],
    ['no command', [], 'a command is needed', 'see: rollcast --help'],
    ['an unknown option', ['run', 'good.yaml', '--wrong', '1'], 'Unknown argument: wrong', 'see: rollcast run --help'],
    ['an option without its value', ['run', 'good.yaml', '--out'], 'Not enough arguments following: out', 'see: rollcast run --help'],
    ['a count that is no number', ['run', 'good.yaml', '--replications', 'many'], REPLICATIONS, 'write --replications 100'],
    ['a count of none', ['sweep', 'good.yaml', '--replications', '0'], REPLICATIONS, 'write --replications 100'],
    ['a count that is too great', ['run', 'good.yaml', '--replications', '1e9'], REPLICATIONS, 'write --replications 100'],
    ['a limit of no runs', ['run', 'good.yaml', '--precision', '5%', '--max-replications', '0'], LIMIT, 'write --max-replications 1000'],
    ['a limit without a goal', ['run', 'good.yaml', '--max-replications', '50'], '--max-replications goes with --precision', '5% as well'],
    ['a precision without its unit', ['run', 'good.yaml', '--precision', '5'], '--precision is no percentage', 'write --precision 5%'],
    ['a precision of nothing', ['sweep', 'good.yaml', '--precision', '0%'], '--precision is no percentage', 'write --precision 5%'],
    ['two counts', ['window', 'good.yaml', '--precision', '5%', '--replications', '9'], 'contradict each other', 'leave one of them out'],
    ['no threads', ['run', 'good.yaml', '--threads', '0'], '--threads is no whole number from 1 to 1024', 'write --threads 4'],
    ['no seeds', ['verify', 'roll.json', '--seeds', '0'], '--seeds is no whole number from 1 to 10000', 'write --seeds 20'],
    ['no attempt', ['explain', 'report', 'pod/x', '--attempt', '0'], '--attempt is no whole number from 1 to 1000000', 'write --attempt 1'],
    [
      'levels that are no numbers',
      ['sweep', 'good.yaml', '--max-unavailable', 'few'],
      'does not understand "few"',
      'such as 1..20, or values',
    ],
    ['a level beyond the preset', ['sweep', 'good.yaml', '--max-unavailable', '1..21'], 'takes 1 to 20', 'write --max-unavailable 1..20'],
    [
      'a factor without levels',
      ['sweep', 'good.yaml', '--factor', 'roll.pacing'],
      'does not understand',
      'write --factor roll.pacing=barrier',
    ],
    ['a time without a zone', ['window', 'good.yaml', '--from', '2026-11-24T01:00:00'], '--from: a time without a zone', '[Europe/Berlin]'],
    ['an interval that is none', ['window', 'good.yaml', '--every', 'hour'], '--every does not understand "hour"', 'such as 30m or 1h'],
  ])('refuses %s and says what to do', async (_name, words, message, hint) => {
    const [fault] = await faultsOf(...words);
    expect(fault).toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });

  it('names every count that is wrong', async () => {
    const faults = await faultsOf('run', 'good.yaml', '--threads', 'few', '--replications', 'many');
    expect(faults.map(({ hint }) => hint)).toEqual(['write --replications 100', 'write --threads 4']);
  });

  it('points at a value of the command line that the scenario refuses', async () => {
    await expect(call('run', at('good.yaml'), '--roll.maxUnavailable', '0')).rejects.toMatchObject({
      faults: [{ path: 'roll.maxUnavailable' }],
    });
  });

  it('runs: exit code 0 when the objectives hold, a report folder, its path on standard error', async () => {
    const { code, out, err } = await call('run', at('good.yaml'), '--replications', '2', '--out', at('report'));
    expect(out).toMatch(/^✓ /);
    expect([code, err]).toEqual([exitCode.holds, `report: ${at('report')}\n`]);
    const texts = [
      'events.ndjson.gz',
      'junit.xml',
      'nodes.csv',
      'pods.csv',
      'replications.csv',
      'report.html',
      'report.md',
      'results.json',
      'scenario.json.gz',
      'workloads.csv',
    ];
    expect(readdirSync(at('report')).sort()).toEqual(['charts', ...texts]);
    expect(readdirSync(at('report/charts'))).toContain('rollTimeline.png');
  });

  it('runs: exit code 1 when an objective fails, and what to do next', async () => {
    const { code, out } = await call('run', at('single.yaml'), '--out', 'none');
    expect(out).toMatch(/^✗ /);
    expect(out).toContain('What to do next');
    expect(code).toBe(exitCode.fails);
  });

  it('prints the results document alone as JSON, the same bytes for any number of threads', async () => {
    const words = ['run', at('good.yaml'), '--replications', '4', '--seed', '007', '--format', 'json', '--out', 'none', '--threads'];
    const one = await call(...words, '1');
    expect(JSON.parse(one.out)).toMatchObject({ schemaVersion: 1, scenario: 'pair', seed: '007', replications: 4 });
    expect(await call(...words, '3')).toEqual(one);
  });

  it('makes as many runs as a precision takes and says why it stopped', async () => {
    const words = ['run', at('good.yaml'), '--out', 'none', '--precision'];
    const { out } = await call(...words, '20%', '--max-replications', '60');
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /Narrow enough after (25|50|60) runs: the mean duration is known within 20%, probabilities/,
    );
    expect(out.replaceAll(/\s+/g, ' ')).toContain('judged by intervals of 98.3% each time');
    const limited = (await call(...words, '0.5%', '--max-replications', '30')).out.replaceAll(/\s+/g, ' ');
    expect(limited).toContain('Limit reached after 30 runs: the mean duration was to be known within 0.5%, probabilities within 0.5');
    expect(limited).toMatch(/Less exact: .*probability of "[^"]+" \(within \d/);
  });

  it('sweeps every combination of its factors and recommends one', async () => {
    const words = ['--max-unavailable', '1,2', '--factor', 'roll.pacing=barrier,window', '--format', 'json', '--out', 'none'];
    const { cells, recommended } = JSON.parse((await call('sweep', at('good.yaml'), ...words)).out);
    expect(cells.map(({ factors }: { factors: object }) => factors)).toEqual([
      { pacing: 'barrier', maxUnavailable: 1 },
      { pacing: 'barrier', maxUnavailable: 2 },
      { pacing: 'window', maxUnavailable: 1 },
      { pacing: 'window', maxUnavailable: 2 },
    ]);
    expect(recommended.factors).toEqual({ pacing: expect.stringMatching(/barrier|window/), maxUnavailable: 1 });
  });

  it('takes every --factor, and the last of any other option', async () => {
    const factors = ['--factor', 'roll.pacing=barrier,window', '--factor', 'horizon=12h,24h'];
    const last = ['--replications', '1', '--replications', '2', '--format', 'table', '--format', 'json', '--quiet', '--quiet'];
    const { out } = await call('sweep', ...factors, at('good.yaml'), ...last, '--out', at('unused'), '--out', 'none');
    const { cells } = JSON.parse(out);
    expect(cells.map(({ factors: { pacing, horizon } }: SweepCell) => `${pacing} ${horizon}`)).toEqual([
      'barrier 12h',
      'barrier 24h',
      'window 12h',
      'window 24h',
    ]);
    expect(readdirSync(folder)).not.toContain('unused');
  });

  it('tries the starts of a window in order', async () => {
    const range = ['--from', '2026-11-24T00:00:00[Europe/Berlin]', '--to', '2026-11-24T03:00:00[Europe/Berlin]', '--every', '1h'];
    const { out } = await call('window', at('good.yaml'), ...range, '--format', 'json', '--out', 'none');
    expect(JSON.parse(out).starts.map(({ start }: { start: string }) => start)).toEqual([
      '2026-11-24T00:00:00+01:00[Europe/Berlin]',
      '2026-11-24T01:00:00+01:00[Europe/Berlin]',
      '2026-11-24T02:00:00+01:00[Europe/Berlin]',
    ]);
  });

  it('runs each start of a window as often as asked for', async () => {
    const range = ['--from', '2026-11-24T00:00:00[Europe/Berlin]', '--to', '2026-11-24T02:00:00[Europe/Berlin]'];
    const { out } = await call('window', at('good.yaml'), ...range, '--replications', '3', '--format', 'json', '--out', 'none');
    const { replications, starts } = JSON.parse(out);
    expect(replications).toBe(3);
    expect(starts.map(({ probability, interval }: WindowStart) => [probability, interval?.[1]])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it('checks: exit code 1 on an error, 0 without one', async () => {
    const blocked = await call('check', at('blocked.yaml'), '--format', 'json');
    expect(JSON.parse(blocked.out).findings).toContainEqual(expect.objectContaining({ code: 'BUDGET_NEVER_ALLOWS', severity: 'error' }));
    expect(blocked.code).toBe(exitCode.fails);
    expect((await call('check', at('good.yaml'))).code).toBe(exitCode.holds);
  });

  it('writes a first scenario that can be checked, and never writes over one', async () => {
    expect((await call('init', at('first.yaml'))).code).toBe(exitCode.holds);
    expect((await call('check', at('first.yaml'))).code).toBe(exitCode.holds);
    await expect(call('init', at('first.yaml'))).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  it('prints the schema as JSON', async () => {
    expect(JSON.parse((await call('schema')).out)).toMatchObject({ type: 'object' });
  });

  it('lists every preset and every way to drain, each with what it does', async () => {
    const { out } = await call('presets');
    const [presetTable = '', drainTable = ''] = out.split('\n\n');
    for (const name of presets.keys()) expect(presetTable).toMatch(new RegExp(`^${name} +\\d.*\\w`, 'm'));
    for (const name of drainKinds.keys()) expect(drainTable).toMatch(new RegExp(`^${name} +\\w`, 'm'));
  });
});
