import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, replaceFolder } from '../../src/cli/replaceFolder.ts';

const writer = fileURLToPath(new URL('../support/writeReports.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Lets a process of its own write `times` reports into `folder`; gives what it said, and its exit code. */
async function write(folder: string, times: number) {
  const child = spawn(process.execPath, ['--import', loader, writer, folder, String(times)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

describe('replaceFolder', () => {
  let parent = '';
  const at = (name: string) => join(parent, name);
  const put = (folder: string, text: string) => {
    mkdirSync(at(folder));
    writeFileSync(at(`${folder}/text`), text);
  };

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'replace-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('leaves only the new folder in the place of the old one', async () => {
    put('shop', 'old');
    put('made', 'new');
    await replaceFolder(at('shop'), at('made'));
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(readFileSync(at('shop/text'), 'utf8')).toBe('new');
  });

  it('puts the old folder back when the new one cannot take its place', async () => {
    put('shop', 'old');
    await expect(replaceFolder(at('shop'), at('nothing was made'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(readFileSync(at('shop/text'), 'utf8')).toBe('old');
  });

  it('lets several processes write one report at once', async () => {
    const ends = await Promise.all([1, 2, 3].map(() => write(at('team/shop'), 100)));
    expect(ends).toEqual(ends.map(() => ({ code: 0, said: '' })));
    expect(readdirSync(at('team'))).toEqual(['shop']);
    expect(readdirSync(at('team/shop')).sort()).toEqual(['report.md', 'results.json']);
  });
});

describe('makeFolder', () => {
  it('makes one folder for all that ask at once', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'make-'));
    await Promise.all([1, 2, 3].map(() => makeFolder(join(parent, 'a/b/c'))));
    expect(existsSync(join(parent, 'a/b/c'))).toBe(true);
    await rm(parent, { recursive: true });
  });
});
