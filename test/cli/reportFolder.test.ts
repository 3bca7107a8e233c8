import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReportFile, writeReportFolder } from '../../src/cli/reportFolder.ts';
import { RollError } from '../../src/errors.ts';

const results = (seed: string): ReportFile => ({
  file: 'results.json',
  content: () => [JSON.stringify({ schemaVersion: 1, rollcast: '0', seed })],
});
const failing: ReportFile = {
  file: 'broken.txt',
  content: () => {
    throw new Error('cannot be made');
  },
};
const never = new AbortController().signal;

describe('writeReportFolder', () => {
  let parent = '';
  const target = () => join(parent, 'shop');
  const seed = () => JSON.parse(readFileSync(join(target(), 'results.json'), 'utf8')).seed;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'report-'));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  it('writes all files, also in folders of their own, and leaves nothing else behind', async () => {
    await writeReportFolder(target(), [results('1'), { file: 'charts/a.png', content: () => new Uint8Array([1, 2]) }], never);
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(readdirSync(target()).sort()).toEqual(['charts', 'results.json']);
    expect([...readFileSync(join(target(), 'charts/a.png'))]).toEqual([1, 2]);
  });

  it('replaces an older report as a whole', async () => {
    await writeReportFolder(target(), [results('1'), { file: 'old.txt', content: () => ['x'] }], never);
    await writeReportFolder(target(), [results('2')], never);
    expect(readdirSync(target())).toEqual(['results.json']);
    expect(seed()).toBe('2');
  });

  it('keeps the older report when a new one cannot be made', async () => {
    await writeReportFolder(target(), [results('1')], never);
    await expect(writeReportFolder(target(), [results('2'), failing], never)).rejects.toThrow('cannot be made');
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(seed()).toBe('1');
  });

  it('keeps the older report when it is interrupted while writing', async () => {
    await writeReportFolder(target(), [results('1')], never);
    const stop = new AbortController();
    const interrupting: ReportFile = {
      file: 'last.txt',
      content: () => {
        stop.abort();
        return ['x'];
      },
    };
    await expect(writeReportFolder(target(), [results('2'), interrupting], stop.signal)).rejects.toThrow();
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(seed()).toBe('1');
  });

  it.each([
    ['a folder of something else', async () => mkdir(join(parent, 'shop/photos'), { recursive: true })],
    ['a file', async () => writeFileSync(join(parent, 'shop'), 'x')],
    [
      'results of another program',
      async () => {
        await mkdir(target());
        writeFileSync(join(target(), 'results.json'), '{"passed": 3}');
      },
    ],
  ])('leaves %s alone', async (_name, prepare) => {
    await prepare();
    const refusal = writeReportFolder(target(), [results('1')], never);
    await expect(refusal).rejects.toThrow(RollError);
    await expect(refusal).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
  });

  it.runIf(process.platform === 'linux')('says so when nothing can be written there', async () => {
    const refusal = { code: 'OUTPUT_UNWRITABLE', message: expect.stringContaining('/proc/none/shop cannot be written') };
    await expect(writeReportFolder('/proc/none/shop', [results('1')], never)).rejects.toMatchObject(refusal);
  });

  it('says why it cannot be written even when nothing can be cleaned up either', async () => {
    const replacing: ReportFile = {
      file: 'last.txt',
      content: () => {
        rmSync(join(parent, 'team'), { recursive: true });
        writeFileSync(join(parent, 'team'), 'x');
        return ['x'];
      },
    };
    const folder = join(parent, 'team/shop');
    await expect(writeReportFolder(folder, [replacing], never)).rejects.toThrow(`${folder} cannot be written (ENOTDIR)`);
  });

  it('cleans up after a killed run, and puts back the report that it had moved aside', async () => {
    const dead = 2 ** 22 + 1;
    await writeReportFolder(join(parent, `.shop.old-${dead}`), [results('1')], never);
    await mkdir(join(parent, `.shop.tmp-${dead}`));
    await expect(writeReportFolder(target(), [failing], never)).rejects.toThrow();
    expect(readdirSync(parent)).toEqual(['shop']);
    expect(seed()).toBe('1');
  });

  it('packs .gz files into the same bytes at any time', async () => {
    const events: ReportFile = { file: 'events.ndjson.gz', content: () => Array.from({ length: 5000 }, (_, at) => `{"at":${at}}\n`) };
    const bytes = async () => {
      await writeReportFolder(target(), [results('1'), events], never);
      return readFileSync(join(target(), events.file));
    };
    const first = await bytes();
    expect((await bytes()).equals(first)).toBe(true);
    expect(first.subarray(4, 10)).toEqual(Buffer.from([0, 0, 0, 0, 0, 255]));
    expect(gunzipSync(first).toString().split('\n')).toHaveLength(5001);
  });
});
