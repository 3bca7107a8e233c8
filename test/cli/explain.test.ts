import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCode } from '../../src/cli/exitCode.ts';
import { callCommand } from '../support/callCommand.ts';

let folder = '';
const at = (...names: string[]) => join(folder, ...names);

const call = (width: number, ...words: string[]) => callCommand(words, width);

const explain = (...words: string[]) => call(100, 'explain', at('report'), ...words);
const explainJson = async (...words: string[]) => JSON.parse((await explain(...words, '--format', 'json')).out);

/** Four nodes with room for two pods each, and seven pods: while a node is away, at least one pod has to wait. */
const scenario = `
apiVersion: rollcast/v1
kind: Scenario
metadata: {name: tight}
spec:
  cluster:
    nodePools:
      - {name: workers, nodes: 4, zones: [a, b], allocatable: {cpu: "4", memory: 16Gi, pods: 20}}
    workloads:
      - {name: web, replicas: 7, requests: {cpu: "2", memory: 1Gi}, budget: {maxUnavailable: 2}}
      - {name: agent, kind: DaemonSet, requests: {memory: 64Mi}}
  timing: {nodes: [{reset: {uniform: {min: 5m, max: 10m}, origin: assumed}}]}
  roll: {preset: cce-sync, pool: workers, maxUnavailable: 1}
`;

interface EventLine {
  readonly at: number;
  readonly kind: string;
  readonly object: string;
  readonly attempt?: number;
  readonly message?: string;
  readonly wokenBy?: string;
}

function eventsOfReport(): EventLine[] {
  const lines = gunzipSync(readFileSync(at('report', 'events.ndjson.gz')))
    .toString('utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** A pod that the report says had to wait. */
function waitingPod(): string {
  const failure = eventsOfReport().find(({ kind }) => kind === 'failedScheduling');
  return failure?.object.toLowerCase() ?? 'no pod waited';
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'explain-'));
  writeFileSync(at('tight.yaml'), scenario);
  await call(100, 'run', at('tight.yaml'), '--replications', '3', '--out', at('report'), '--threads', '1', '--quiet');
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('rollcast explain', () => {
  it('repeats exactly the run that the report shows: the same failed attempts of a pod, in the same words', async () => {
    const subject = waitingPod();
    const { attempts, seed } = await explainJson(subject);
    const { shownSeed } = JSON.parse(readFileSync(at('report', 'results.json'), 'utf8'));
    expect(seed).toBe(shownSeed);
    const failed = attempts.filter(({ outcome }: { outcome: string }) => outcome === 'unschedulable');
    const reported = eventsOfReport().filter(({ kind, object }) => kind === 'failedScheduling' && object.toLowerCase() === subject);
    expect(failed.map((one: EventLine) => [one.at, one.message, one.wokenBy])).toEqual(
      reported.map((one) => [one.at, one.message, one.wokenBy]),
    );
    expect(failed.length).toBeGreaterThan(0);
  });

  it('says of every node who refused the pod, and what would make it fit', async () => {
    const { shown } = await explainJson(waitingPod());
    expect(shown.nodes).toHaveLength(4);
    expect(shown.nodes.every(({ refusals }: { refusals: unknown[] }) => refusals.length > 0)).toBe(true);
    expect(shown.remedies.every(({ changes }: { changes: unknown[] }) => changes.length > 0)).toBe(true);
    const { out, code } = await explain(waitingPod());
    expect(out).toMatch(/^[✓✗] Pod default\/web-/);
    expect(out).toContain('free 2 cpu');
    expect(out).toContain('uncordon the node');
    expect(code).toBe(exitCode.holds);
  });

  it('shows raw and normalized scores, weight and total of each node that fits', async () => {
    const { attempts } = await explainJson(waitingPod());
    const bound = attempts.findLast(({ outcome }: { outcome: string }) => outcome === 'bound');
    const { shown } = await explainJson(waitingPod(), '--attempt', String(bound.number));
    const chosen = shown.nodes.find(({ node }: { node: string }) => node === bound.node);
    expect(shown.best).toContain(bound.node);
    expect(chosen.scores[0]).toEqual({ plugin: 'TaintToleration', raw: 0, normalized: 100, weight: 3, weighted: 300 });
    const sum = chosen.scores.reduce((total: number, { weighted }: { weighted: number }) => total + weighted, 0);
    expect(chosen.total).toBe(sum);
  });

  it.each([80, 120])('keeps to %i columns', async (width) => {
    const pages = [waitingPod(), 'deployment/web', 'node/workers-1'].map((subject) => call(width, 'explain', at('report'), subject));
    for (const { out } of await Promise.all(pages)) {
      expect(out.split('\n').filter((line) => line.length > width)).toEqual([]);
    }
  });

  it('tells the story of a workload and of a node, also from the path of results.json', async () => {
    const { out } = await explain('workload/web');
    expect(out).toContain('default/web');
    expect(out).toContain('Budgets over its pods');
    const node = await call(100, 'explain', at('report', 'results.json'), 'node/workers-1');
    expect(node.out).toContain('Node workers-1 was cordoned at');
    expect(node.out).toContain('evicted');
  });

  it('keeps the scenario in the same bytes whenever the report is made', async () => {
    await call(100, 'run', at('tight.yaml'), '--replications', '3', '--out', at('again'), '--quiet');
    const bytes = (name: string) => readFileSync(at(name, 'scenario.json.gz'));
    expect(bytes('again').equals(bytes('report'))).toBe(true);
  });

  it.each([
    ['a pod that was not there', ['pod/wbe'], 'the run had no pod wbe'],
    ['a subject without a kind', ['web'], 'cannot explain "web"'],
    ['another value for the scenario', ['pod/web', '--seed', '4'], '--seed cannot be changed'],
    ['an attempt of a node', ['node/workers-1', '--attempt', '2'], '--attempt is one to schedule a pod, and node/workers-1 is none'],
    ['an attempt that is no number', ['pod/web', '--attempt', 'last'], '--attempt is no whole number'],
  ])('refuses %s', async (_name, words, message) => {
    await expect(explain(...words)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', message: expect.stringContaining(message) });
  });

  it('refuses a folder that is no report, and a scenario that cannot be read', async () => {
    const named = { code: 'FILE_UNREADABLE', message: `${at('nowhere', 'results.json')} cannot be read (ENOENT)` };
    await expect(call(100, 'explain', at('nowhere'), 'pod/x')).rejects.toMatchObject(named);
    await expect(call(100, 'explain', at('nowhere', 'results.json'), 'pod/x')).rejects.toMatchObject(named);
    await call(100, 'run', at('tight.yaml'), '--out', at('broken'), '--quiet');
    writeFileSync(at('broken', 'scenario.json.gz'), 'no gzip');
    await expect(call(100, 'explain', at('broken'), 'pod/x')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    writeFileSync(at('broken', 'scenario.json.gz'), gzipSync('[]'));
    await expect(call(100, 'explain', at('broken'), 'pod/x')).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' });
  });
});
