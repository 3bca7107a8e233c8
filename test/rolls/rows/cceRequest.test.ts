import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode } from '../../../src/cli/exitCode.ts';
import { RollError } from '../../../src/errors.ts';
import { callCommand } from '../../support/callCommand.ts';
import { scenarioText } from '../../support/scenarioText.ts';

const [FIRST, SECOND] = ['aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa', 'bbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbb'];

/** The example requests of the API reference, as they are printed there. */
const OWN_POOL = `    {
      "spec" : {
        "maxUnavailable" : 1,
        "nodeIDs" : [ "${FIRST}", "${SECOND}" ],
        "nodePoolID" : "cccccccc-cccc-cccc-cccc-cccccccccccc"
      }
    }`;
const DEFAULT_POOL = `    {
      "spec" : {
        "maxUnavailable" : 1,
        "nodeIDs" : [ "${FIRST}", "${SECOND}" ],
        "nodePoolID" : "DefaultPool",
        "nodeTemplate" : {
          "lifeCycle" : {
            "preInstall" : "ZWNobyAx",
            "postInstall" : "ZWNobyAx"
          },
          "login" : {
            "userPassword" : {
              "password" : "xxxxx",
              "username" : "root"
            }
          }
        }
      }
    }`;

let folder = '';
const at = (name: string) => join(folder, name);

/** Writes a scenario for a pool with this `id` and the request beside it. @returns the name of the scenario. */
function written(name: string, request: string | Uint8Array, id = 'cccccccc-cccc-cccc-cccc-cccccccccccc'): string {
  const roll = `{request: ${name}.json, system: cce, nodeIDs: {${FIRST}: workers-3, ${SECOND}: workers-1}}`;
  const cluster = `{nodePools: [{name: workers, id: ${id}, nodes: 4, allocatable: {cpu: 4, memory: 16Gi}}], workloads: [{name: shop, replicas: 4}]}`;
  writeFileSync(at(`${name}.json`), request);
  writeFileSync(at(`${name}.yaml`), scenarioText({ cluster, roll }));
  return at(`${name}.yaml`);
}

/** What a forecast of the scenario `file` says in JSON. */
async function forecast(file: string) {
  const { code, out } = await callCommand(['run', file, '--format', 'json', '--out', 'none', '--quiet']);
  return { code, results: JSON.parse(out) };
}

/** `file:line:column: path` of each fault of the request `name`, and all of its text. */
async function faultsOf(file: string): Promise<{ readonly places: readonly string[]; readonly text: string }> {
  const failure: unknown = await callCommand(['run', file, '--out', 'none', '--quiet']).catch((error: unknown) => error);
  if (!(failure instanceof RollError)) throw new Error('the request is taken');
  const places = failure.faults.map(({ position, path }) => [position?.file.slice(-8), position?.line, position?.column, path].join(':'));
  return { places, text: JSON.stringify(failure.faults) };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'requests-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a request to synchronize a node pool of CCE', () => {
  it.each([
    ['of a pool of one’s own', OWN_POOL, undefined],
    ['of the default pool', DEFAULT_POOL, 'DefaultPool'],
    ['with a byte order mark and line ends of Windows', `\uFEFF${OWN_POOL.replaceAll('\n', '\r\n')}`, undefined],
    ['in UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${OWN_POOL}`, 'utf16le'), undefined],
  ])('is taken as the API reference prints it: %s', async (_, request, id) => {
    const { code, results } = await forecast(written('example', request, id));
    expect(code).toBe(exitCode.holds);
    expect(results.roll).toMatchObject({ preset: 'cce-sync', maxUnavailable: 1, outcome: 'completed' });
    expect(results.roll.batches.map(({ nodes }: { nodes: string[] }) => nodes)).toEqual([['workers-3'], ['workers-1']]);
  });

  it('is told all of its faults at once, each with its place, and none of its secrets', async () => {
    const request = `{
  "spec": {
    "maxUnavailable": "2",
    "nodeIDs": ["${FIRST}", "dddddddd"],
    "nodePoolID": "DefaultPool",
    "nodeTemplate": {
      "lifeCycle": {
        "preInstall": "#!/bin/secret",
        "waitPostInstall": true
      },
      "login": {
        "sshKey": "secret-key",
        "userPassword": {"password": "Secret1!toor"},
        "removeUserPassword": true
      }
    }
  }
}`;
    const { places, text } = await faultsOf(written('bad', request, 'DefaultPool'));
    expect(places).toEqual([
      'bad.json:3:23:spec.maxUnavailable',
      'bad.json:4:57:spec.nodeIDs[1]',
      'bad.json:8:23:spec.nodeTemplate.lifeCycle.preInstall',
      'bad.json:9:9:spec.nodeTemplate.lifeCycle.waitPostInstall',
      'bad.json:11:16:spec.nodeTemplate.login',
      'bad.json:13:38:spec.nodeTemplate.login.userPassword.password',
      'bad.json:14:31:spec.nodeTemplate.login.removeUserPassword',
      'bad.json:14:31:spec.nodeTemplate.login.removeUserPassword',
    ]);
    expect(text).not.toMatch(/secret/i);
  });

  it('is checked before any simulation: what the API will not like comes before remarks', async () => {
    const { out } = await callCommand(['check', written('odd', OWN_POOL.replace('" ],', '", ],')), '--format', 'json']);
    const { findings }: { findings: { code: string }[] } = JSON.parse(out);
    expect(findings.map(({ code }) => code)).toEqual(['REQUEST_NOT_JSON', 'NO_BUDGET']);
  });

  it('leaves none of its secrets in a report', async () => {
    const secret = DEFAULT_POOL.replace('xxxxx', 'Sup3r!hidden').replaceAll('ZWNobyAx', 'aGlkZGVu');
    const { code, out, err } = await callCommand(['run', written('secret', secret, 'DefaultPool'), '--out', at('report')]);
    const files = readdirSync(at('report'), { recursive: true, encoding: 'utf8' }).map((name) => at(join('report', name)));
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => textOf(file));
    expect(code).toBe(exitCode.holds);
    expect(texts.length).toBeGreaterThan(5);
    expect([out, err, ...texts].filter((text) => /Sup3r|hidden|aGlkZGVu/.test(text))).toEqual([]);
  });
});

function textOf(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
}

/** The part of a sweep's results that is looked at. */
interface Swept {
  readonly cells: readonly { readonly metrics: Readonly<Record<string, number>> }[];
  readonly recommended: { readonly factors: object };
}

describe('a sweep over maxUnavailable 1 to 20 of a pool of CCE', () => {
  it('tells for each how long the roll takes, what waits, what is down and what is killed, and recommends the largest without a wait', async () => {
    const cluster = `{nodePools: [{name: workers, nodes: 20, allocatable: {cpu: 4, memory: 16Gi}}],
      workloads: [{name: shop, replicas: 50, requests: {cpu: "1"}}, {name: held, replicas: 1, budget: {maxUnavailable: 0}}]}`;
    writeFileSync(at('sweep.yaml'), scenarioText({ cluster, objectives: '[{name: nothing waits, maxPeakPending: 0}]' }));
    const { out } = await callCommand([
      'sweep',
      at('sweep.yaml'),
      '--max-unavailable',
      '1..20',
      '--format',
      'json',
      '--out',
      'none',
      '--quiet',
    ]);
    const { cells, recommended }: Swept = JSON.parse(out);
    const waiting = cells.map(({ metrics }) => metrics['peakPending'] ?? 0);
    expect(waiting.findIndex((pods) => pods > 0)).toBe(7);
    expect(waiting.slice(7).includes(0)).toBe(false);
    expect(recommended.factors).toEqual({ maxUnavailable: 7 });
    for (const figure of ['durationSeconds', 'outageSeconds', 'forcedKills'])
      expect(cells.every(({ metrics }) => (metrics[figure] ?? 0) > 0)).toBe(true);
  });
});
