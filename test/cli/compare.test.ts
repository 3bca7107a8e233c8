import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exitCode.ts';
import { callCommand } from '../support/callCommand.ts';
import { pairScenario } from '../support/pairScenario.ts';

let folder = '';
const at = (...names: string[]) => join(folder, ...names);

const compare = (...words: string[]) => callCommand(['compare', ...words, '--threads', '1', '--quiet']);
const compareJson = async (...words: string[]) => JSON.parse((await compare(...words, '--format', 'json', '--out', 'none')).out);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
  writeFileSync(at('six.yaml'), pairScenario({ replicas: 6 }));
  writeFileSync(at('one.yaml'), pairScenario({ replicas: 1 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rollcast compare', () => {
  it('ends with 1 when B fails what A keeps, and writes a report folder', async () => {
    const { code, out } = await compare(at('six.yaml'), at('one.yaml'), '--out', at('report'));
    expect(code).toBe(exitCode.fails);
    expect(out).toMatch(/^✗ B takes .* takes Deployment default\/web down for .* that A does not; it fails "no\s+outage", which A keeps\./);
    expect(out).toContain('the clusters differ');
    expect(readdirSync(at('report'))).toEqual(expect.arrayContaining(['report.html', 'report.md', 'results.json']));
    expect(JSON.parse(readFileSync(at('report', 'results.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      verdict: { outcome: 'fails' },
    });
  });

  it('ends with 0 the other way round, though B does not keep all that it is asked for', async () => {
    expect((await compare(at('one.yaml'), at('six.yaml'), '--out', 'none')).code).toBe(exitCode.holds);
    expect((await compare(at('one.yaml'), at('one.yaml'), '--out', 'none')).code).toBe(exitCode.holds);
  });

  it('gives --a.NAME and --b.NAME to one scenario, any other value to both', async () => {
    const words = ['--roll.maxUnavailable', '2', '--b.roll.maxUnavailable', '3', '--a.horizon', '6h', '--seed', '7', '--replications', '4'];
    const { a, b, settings, seed, pairing, caveats } = await compareJson(at('six.yaml'), at('six.yaml'), ...words);
    expect([a.roll.maxUnavailable, b.roll.maxUnavailable, seed, b.seed, pairing.pairs]).toEqual([2, 3, '7', '7', 4]);
    expect(settings).toContainEqual({ name: 'roll.maxUnavailable', a: '2', b: '3' });
    expect(settings).toContainEqual({ name: 'horizon', a: '6h', b: '24h' });
    expect(caveats).toEqual([]);
  });

  it('compares the scenarios of reports, as they were run', async () => {
    const report = async (name: string) => {
      await callCommand(['run', at(`${name}.yaml`), '--seed', '7', '--threads', '1', '--quiet', '--out', at(`${name}-report`)]);
      return at(`${name}-report`);
    };
    const [six, one] = [await report('six'), await report('one')];
    const ofReports = await compareJson(six, join(one, 'results.json'), '--replications', '2');
    const ofScenarios = await compareJson(at('six.yaml'), at('one.yaml'), '--seed', '7', '--replications', '2');
    expect(ofReports.seed).toBe('7');
    expect([ofReports.a.source, ofReports.b.source]).toEqual([six, join(one, 'results.json')]);
    const nameless = ({ a, b, ...rest }: typeof ofReports) => ({ ...rest, a: { ...a, source: '' }, b: { ...b, source: '' } });
    expect(nameless(ofReports)).toEqual(nameless(ofScenarios));
    const message = `--horizon: ${six} is a report, whose scenario is as it was run`;
    await expect(compare(six, at('one.yaml'), '--a.horizon', '6h', '--out', 'none')).rejects.toThrow(message);
  });

  it('finds no difference between a report and its scenario, over as many runs as the report has', async () => {
    const words = ['--seed', '7', '--replications', '3', '--threads', '1', '--quiet', '--out', at('three')];
    await callCommand(['run', at('six.yaml'), ...words]);
    const { pairing, caveats, settings, verdict } = await compareJson(at('six.yaml'), at('three'));
    expect(pairing.pairs).toBe(3);
    expect(caveats).toEqual([expect.stringMatching(/^B was run under the seed of A/)]);
    expect([settings, verdict.sentence]).toEqual([[], 'A and B do not differ: every figure is equal in all 3 pairs of runs.']);
  });

  it('says so when another version wrote a report', async () => {
    await callCommand(['run', at('six.yaml'), '--threads', '1', '--quiet', '--out', at('old')]);
    const file = at('old', 'scenario.json.gz');
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    writeFileSync(file, gzipSync(text.replace(/"rollcast":"[^"]*"/, '"rollcast":"0.0.1"')));
    const { caveats } = await compareJson(at('old'), at('six.yaml'));
    expect(caveats).toEqual([expect.stringContaining(`the report ${at('old')} is of rollcast 0.0.1`)]);
  });

  it('gives the same bytes on any number of threads', async () => {
    const words = ['compare', at('six.yaml'), at('one.yaml'), '--replications', '5', '--format', 'yaml', '--out', 'none', '--threads'];
    expect(await callCommand([...words, '1'])).toEqual(await callCommand([...words, '3']));
  });
});
