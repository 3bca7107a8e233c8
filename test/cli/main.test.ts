import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pairScenario } from '../support/pairScenario.ts';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Says on standard error when the program begins to listen for Ctrl-C: before that it would end at once. */
const tellingOfSignals = `data:text/javascript,process.on('newListener', (name) => name === 'SIGINT' && process.stderr.write('listening '))`;

interface Ended {
  /** null: a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

let folder = '';

function start(...words: string[]): ChildProcess {
  return startInto('pipe', ...words);
}

function startInto(out: 'pipe' | number, ...words: string[]): ChildProcess {
  return spawn(process.execPath, ['--import', loader, main, ...words], { cwd: folder, stdio: ['ignore', out, 'pipe'] });
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

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  writeFileSync(join(folder, 'good.yaml'), pairScenario({ replicas: 6 }));
  writeFileSync(join(folder, 'bad.yaml'), pairScenario({ replicas: 6 }).replace('maxUnavailable: 1', 'maxUnavailable: 21'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rollcast', () => {
  it('prints its version alone', async () => {
    expect(await call('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), said: '' });
  });

  it('ends with 2 for a wrong scenario, points at the place, and writes nothing', async () => {
    const { code, out, said } = await call('run', 'bad.yaml', '--out', 'bad');
    expect(said).toMatch(/^bad\.yaml:\d+:\d+: SCENARIO_INVALID at roll\.maxUnavailable: /);
    expect([code, out]).toEqual([2, '']);
    expect(readdirSync(folder)).not.toContain('bad');
  });

  it('ends its output, not its work, when the reader goes away', async () => {
    const child = start('run', 'good.yaml', '--out', 'unread');
    child.stdout?.destroy();
    expect((await ended(child)).code).toBe(0);
    expect(readdirSync(join(folder, 'unread'))).toContain('results.json');
  });

  it('ends with 130 when it is interrupted in the midst of forecasts of a recording', async () => {
    const trace = fileURLToPath(new URL('../conformance/traces/rolls/many-pods.json.gz', import.meta.url));
    const child = start('verify', trace, '--seeds', '10000');
    setTimeout(() => child.kill('SIGINT'), 4000);
    expect(await ended(child)).toMatchObject({ code: 130, out: '', said: expect.stringContaining('interrupted') });
  });

  it.runIf(existsSync('/dev/full')).each([['run', 'good.yaml', '--out', 'full'], ['presets'], ['--help'], ['--version']])(
    'ends with 2 and says so when there is no room for what %s prints',
    async (...words) => {
      const full = openSync('/dev/full', 'w');
      const { code, said } = await ended(startInto(full, ...words));
      closeSync(full);
      expect(said).toContain('OUTPUT_UNWRITABLE: standard output cannot be written (ENOSPC)\n  hint: ');
      expect(said).not.toMatch(/^ {4}at /m);
      expect(code).toBe(2);
    },
  );

  it.runIf(process.platform === 'linux')('ends with 2 when not all that it prints has room in a file', async () => {
    const command = ['ulimit -f 1; exec "$@" > cut.json', 'sh', process.execPath, '--import', loader, main, 'schema'];
    const environment = { ...process.env, TSX_DISABLE_CACHE: '1' };
    const { code, said } = await ended(
      spawn('sh', ['-c', ...command], { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'pipe'] }),
    );
    expect(said).toContain('OUTPUT_UNWRITABLE: standard output cannot be written (EFBIG)');
    expect(code).toBe(2);
  });

  it('keeps an earlier report and leaves nothing behind when a sweep is interrupted', async () => {
    await call('sweep', 'good.yaml', '--max-unavailable', '1,2', '--out', 'kept');
    const before = readFileSync(join(folder, 'kept/results.json'));
    const words = ['sweep', 'good.yaml', '--max-unavailable', '1..3', '--replications', '100000', '--out', 'kept'];
    const child = spawn(process.execPath, ['--import', loader, '--import', tellingOfSignals, main, ...words], { cwd: folder });
    child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), 1000));
    expect(await ended(child)).toMatchObject({ code: 130, out: '', said: expect.stringContaining('interrupted: no report was written') });
    expect(readFileSync(join(folder, 'kept/results.json')).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
