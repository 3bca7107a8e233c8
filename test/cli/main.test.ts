import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

let folder = '';

function start(...words: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', loader, main, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function ended(child: ChildProcess): Promise<Ended> {
  let [out, said] = ['', ''];
  child.stdout?.on('data', (text) => {
    out += text;
  });
  child.stderr?.on('data', (text) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, said };
}

const call = (...words: string[]) => ended(start(...words));

const scenario = (replicas: number) => `
apiVersion: rollcast/v1
kind: Scenario
metadata: {name: pair}
spec:
  cluster:
    nodePools:
      - {name: workers, nodes: 3, allocatable: {cpu: "4", memory: 16Gi, pods: 20}}
    workloads:
      - {name: web, kind: Deployment, replicas: ${replicas}, requests: {cpu: 500m, memory: 1Gi}}
  timing: {nodes: [{reset: {uniform: {min: 5m, max: 10m}, origin: assumed}}]}
  roll: {preset: cce-sync, pool: workers, maxUnavailable: 1}
  objectives: [{name: no outage, workloads: all, maxOutage: 0s}]
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  writeFileSync(join(folder, 'good.yaml'), scenario(6));
  writeFileSync(join(folder, 'single.yaml'), scenario(1));
  writeFileSync(join(folder, 'bad.yaml'), scenario(6).replace('maxUnavailable: 1', 'maxUnavailable: 21'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rollcast', () => {
  it('prints its version alone', async () => {
    expect(await call('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), said: '' });
  });

  it.each([
    ['an unknown command', ['forecast'], 'Unknown argument: forecast'],
    ['no command', [], 'a command is needed'],
    ['an unknown option', ['run', 'good.yaml', '--wrong', '1'], 'Unknown argument: wrong'],
    ['a count that is no number', ['run', 'good.yaml', '--replications', 'many'], '--replications is no whole number from 1 to'],
    ['a missing file', ['run', 'none.yaml'], 'cannot read none.yaml (ENOENT)'],
    ['a level that the preset does not take', ['sweep', 'good.yaml', '--max-unavailable', '1..21'], 'preset cce-sync takes 1 to 20'],
  ])('ends with 2 for %s and says what to do', async (_name, words, message) => {
    const { code, out, said } = await call(...words);
    expect(said).toContain(message);
    expect(said).toContain('hint: ');
    expect([code, out]).toEqual([2, '']);
  });

  it('ends with 2 for a wrong scenario, points at the place, and writes nothing', async () => {
    const { code, out, said } = await call('run', 'bad.yaml', '--out', 'bad');
    expect(said).toMatch(/^bad\.yaml:\d+:\d+: SCENARIO_INVALID at roll\.maxUnavailable: /);
    expect([code, out]).toEqual([2, '']);
    expect(readdirSync(folder)).not.toContain('bad');
  });

  it('ends with 2 for a wrong value on the command line', async () => {
    const { code, said } = await call('run', 'good.yaml', '--roll.maxUnavailable', '0', '--out', 'none');
    expect(said).toContain('at roll.maxUnavailable: ');
    expect(code).toBe(2);
  });

  it('ends with 0 when the objectives hold, and fills the report folder', async () => {
    const { code, out, said } = await call('run', 'good.yaml', '--replications', '3');
    expect(out).toMatch(/^✓ /);
    expect(said).toBe('report: reports/pair\n');
    expect(code).toBe(0);
    const files = readdirSync(join(folder, 'reports/pair'));
    expect(files.sort()).toEqual([
      'charts',
      'events.ndjson.gz',
      'junit.xml',
      'nodes.csv',
      'pods.csv',
      'report.md',
      'results.json',
      'workloads.csv',
    ]);
  });

  it('ends with 1 when an objective fails', async () => {
    const { code, out } = await call('run', 'single.yaml', '--out', 'none');
    expect(out).toMatch(/^✗ /);
    expect(out).toContain('What to do next');
    expect(code).toBe(1);
  });

  it('prints the results document alone as JSON, the same bytes for any number of threads', async () => {
    const words = ['run', 'good.yaml', '--replications', '4', '--format', 'json', '--out', 'none', '--threads'];
    const [one, two] = await Promise.all([call(...words, '1'), call(...words, '2')]);
    expect(JSON.parse(one.out)).toMatchObject({ schemaVersion: 1, scenario: 'pair', seed: '1', replications: 4 });
    expect(two).toEqual(one);
  });

  it('takes the seed as text', async () => {
    const { out } = await call('run', 'good.yaml', '--seed', '007', '--format', 'json', '--out', 'none');
    expect(JSON.parse(out).seed).toBe('007');
  });

  it('keeps an earlier report and leaves nothing behind when a sweep is interrupted', async () => {
    await call('sweep', 'good.yaml', '--max-unavailable', '1,2', '--out', 'kept');
    const before = readFileSync(join(folder, 'kept/results.json'));
    const child = start('sweep', 'good.yaml', '--max-unavailable', '1..3', '--replications', '100000', '--out', 'kept');
    setTimeout(() => child.kill('SIGINT'), 2500);
    expect(await ended(child)).toMatchObject({ code: 130, out: '', said: expect.stringContaining('interrupted') });
    expect(readFileSync(join(folder, 'kept/results.json')).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
