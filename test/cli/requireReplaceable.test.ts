import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireReplaceable } from '../../src/cli/requireReplaceable.ts';

describe('requireReplaceable', () => {
  let parent = '';
  const at = (name: string) => join(parent, name);

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'replaceable-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('takes a folder that is not there yet, however deep, and makes none of it', async () => {
    await requireReplaceable(at('reports/team/shop'));
    expect(readdirSync(parent)).toEqual([]);
  });

  it('takes an empty folder and an older report', async () => {
    await mkdir(at('empty'));
    await requireReplaceable(at('empty'));
    await mkdir(at('report'));
    writeFileSync(at('report/results.json'), '{"schemaVersion": 1, "rollcast": "0"}');
    await requireReplaceable(at('report'));
  });

  it.each(['shop.yaml/report', 'shop.yaml/reports/shop'])('refuses %s, where a file would have to be a folder', async (folder) => {
    writeFileSync(at('shop.yaml'), 'x');
    await expect(requireReplaceable(at(folder))).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      faults: [{ message: `${at(folder)} cannot be written: ${at('shop.yaml')} is no folder`, hint: expect.stringContaining('--out') }],
    });
  });

  it.runIf(process.platform !== 'win32')('refuses a device that would have to be a folder', async () => {
    await expect(requireReplaceable('/dev/null/shop')).rejects.toThrow('/dev/null/shop cannot be written: /dev/null is no folder');
  });

  it.runIf(process.platform !== 'win32')('refuses a folder in which the user may not write', async () => {
    await mkdir(at('kept'));
    await chmod(parent, 0o755);
    await chmod(at('kept'), 0o555);
    const folder = at('kept/reports/shop');
    expect(triedAsUser(folder)).toBe(`OUTPUT_UNWRITABLE ${folder} cannot be written: you may not write in ${at('kept')} (EACCES)\n`);
  });
});

/** What comes of it where no user is root, who writes everywhere: in a process of its own. */
function triedAsUser(folder: string): string {
  const entryPoints = [fileURLToPath(new URL('../../src/cli/requireReplaceable.ts', import.meta.url))];
  const [bundle] = buildSync({ entryPoints, bundle: true, platform: 'node', format: 'esm', write: false }).outputFiles;
  const tell = `requireReplaceable(${JSON.stringify(folder)}).then(() => console.log('taken'), ({ code, message }) => console.log(code, message))`;
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const words = ['--input-type=module', '--eval', `${bundle?.text}\n${tell}`];
  return execFileSync(process.execPath, words, { cwd: tmpdir(), encoding: 'utf8', ...user });
}

const NOBODY = 65534;
