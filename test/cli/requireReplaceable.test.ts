import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

  it('refuses a folder in which the user may not write', async ({ skip }) => {
    skip(process.getuid?.() === 0 || process.platform === 'win32', 'root writes everywhere, whatever the mode of a folder');
    await mkdir(at('kept'));
    await chmod(at('kept'), 0o555);
    await expect(requireReplaceable(at('kept/reports/shop'))).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      faults: [{ message: `${at('kept/reports/shop')} cannot be written: you may not write in ${at('kept')} (EACCES)` }],
    });
  });
});
