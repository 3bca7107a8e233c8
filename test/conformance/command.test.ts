import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, runConformance } from './command.ts';
import { reportJson, reportText } from './report.ts';

const recording = fileURLToPath(new URL('./traces/scheduler/ports-1.json.gz', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the conformance command', () => {
  it('finds recordings in every folder below, gzipped or not, by their format', async () => {
    mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
    copyFileSync(recording, join(folder, 'deep', 'er', 'anything.json.gz'));
    writeFileSync(join(folder, 'plain.json'), gunzipSync(readFileSync(recording)));
    expect((await runConformance(folder)).recordings).toEqual({ 'rollcast-trace/scheduler/1': 2 });
  });

  it('names a recorded decision that comes out differently, with what was expected and what came out', async () => {
    const trace = JSON.parse(gunzipSync(readFileSync(recording)).toString());
    const index = trace.steps.findIndex((step: { result?: string; total?: unknown }) => step.result === 'bound' && step.total);
    trace.steps[index].scores.TaintToleration[0] += 1;
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify(trace));
    const result = await runConformance(folder);
    expect(reportText(result)).toMatch(
      new RegExp(`wrong.json: step ${index} \\S+: TaintToleration score\n {2}expected .*301.*\n {2}got {6}.*300`),
    );
    expect(JSON.parse(reportJson(result)).kinds[0].disagreements).toHaveLength(1);
  });

  it('lists files of a format that it does not know and files that it cannot read', async () => {
    writeFileSync(join(folder, 'new.json'), JSON.stringify({ format: 'rollcast-trace/moon/1' }));
    writeFileSync(join(folder, 'torn.json'), '{');
    const text = reportText(await runConformance(folder));
    expect(text).toContain('new.json: format rollcast-trace/moon/1 is not known and was left out');
    expect(text).toContain('torn.json: could not be replayed');
  });

  it('agrees with exit code 0, also about a single file', async () => {
    expect(await answer([recording])).toMatchObject({ exitCode: 0, output: expect.stringContaining('1 recordings'), complaint: '' });
  });

  it('does not take nothing to compare for agreement', async () => {
    expect(await answer([folder])).toMatchObject({ exitCode: 2, complaint: `no recording below ${folder}\n` });
    expect(await answer([join(folder, 'gone')])).toEqual({
      exitCode: 2,
      output: '',
      complaint: `there is no folder ${join(folder, 'gone')}\n`,
    });
    expect(await answer(['--json'])).toMatchObject({ exitCode: 2, output: '' });
    writeFileSync(join(folder, 'torn.json.gz'), 'no gzip');
    expect(await answer([folder, '--json'])).toMatchObject({ exitCode: 1 });
  });
});
