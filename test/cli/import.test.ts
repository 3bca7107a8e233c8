import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import { run } from '../../src/run/run.ts';
import { callCommand } from '../support/callCommand.ts';
import { everyKind } from '../support/everyKind.ts';

const dump = fileURLToPath(new URL('../../scenarios/dump/cluster.json', import.meta.url));
const noOverrides = new Map<string, string>();

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const written = (items: readonly unknown[]) => {
  writeFileSync(at('dump.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  return at('dump.json');
};

describe('rollcast import', () => {
  it('asks which pool, when there are several', async () => {
    await expect(callCommand(['import', dump, '--out', at('s.yaml')])).rejects.toThrow('There are shop (8 nodes), system (2 nodes)');
    await expect(callCommand(['import', dump, '--pool', 'shops', '--out', at('s.yaml')])).rejects.toThrow('no node is in a pool "shops"');
    expect(existsSync(at('s.yaml'))).toBe(false);
  });

  it.each([
    ['plain', []],
    ['anonymous', ['--anonymize']],
  ])('writes a %s scenario that runs as it stands', async (_, words) => {
    const { code, out, err } = await callCommand(['import', dump, '--pool', 'shop', '--out', at('s.yaml'), ...words]);
    expect(code).toBe(0);
    expect(out).toContain('8 shop, 2 system');
    expect(out).toContain('ConfigMap       1');
    expect(err).toContain('preset cce-sync, guessed: labels of CCE');
    const scenario = loadScenario(at('s.yaml'), noOverrides);
    expect(scenario.roll).toMatchObject({ preset: 'cce-sync', maxUnavailable: 1 });
    expect(run(scenario, scenario.seed).roll).toMatchObject({ outcome: 'completed' });
  });

  it('forecasts the same with and without names', async () => {
    await callCommand(['import', dump, '--pool', 'shop', '--out', at('plain.yaml')]);
    await callCommand(['import', dump, '--pool', 'shop', '--out', at('anonymous.yaml'), '--anonymize']);
    const [plain, anonymous] = ['plain.yaml', 'anonymous.yaml'].map((file) => {
      const { roll, workloads } = run(loadScenario(at(file), noOverrides), '3');
      return [roll.nodes.map(({ drainedAt, endedAt, evictions }) => [drainedAt, endedAt, evictions]), workloads.map(({ moves }) => moves)];
    });
    expect(anonymous).toEqual(plain);
    expect(readFileSync(at('anonymous.cluster.json'), 'utf8')).not.toMatch(/shop|ledger|basket|frontend|eu-de/);
  });

  it('leaves files alone that are there', async () => {
    writeFileSync(at('s.yaml'), 'mine');
    await expect(callCommand(['import', dump, '--pool', 'shop', '--out', at('s.yaml')])).rejects.toThrow('is there already');
    expect(readFileSync(at('s.yaml'), 'utf8')).toBe('mine');
    expect(existsSync(at('s.cluster.json'))).toBe(false);
  });

  it('tells what is missing and how to get it', async () => {
    const items = everyKind().filter((object) => !/"(PodDisruptionBudget|ReplicaSet)"/.test(JSON.stringify(kindOf(object))));
    const { out, err } = await callCommand(['import', written(items), '--out', at('s.yaml')], 200);
    expect(out).toContain('kubectl get poddisruptionbudgets --all-namespaces -o json');
    expect(out).toContain('the ReplicaSet of 4 pods: they look unmanaged and are not replaced');
    expect(err).toContain('next: rollcast check');
  });

  it('rolls the nodes one by one that are in no pool', async () => {
    const node = (name: string, labels: object) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels },
      status: { allocatable: { cpu: '1', memory: '1Gi', pods: '10' } },
    });
    const master = node('n0', { 'node-role.kubernetes.io/control-plane': '' });
    await callCommand(['import', written([master, node('n1', {}), node('n2', {})]), '--out', at('s.yaml')]);
    expect(loadScenario(at('s.yaml'), noOverrides).roll).toMatchObject({ preset: 'kubectl-drain', nodes: ['n1', 'n2'] });
    await expect(callCommand(['import', written([]), '--out', at('t.yaml')])).rejects.toThrow('there are no nodes in the dump');
  });

  it('takes the drain of a provider whose roll has no preset', async () => {
    const labels = { 'cloud.google.com/gke-nodepool': 'blue' };
    const items = [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels }, status: { allocatable: { cpu: '1' } } }];
    await callCommand(['import', written(items), '--out', at('s.yaml')]);
    expect(loadScenario(at('s.yaml'), noOverrides).roll).toMatchObject({ pool: 'blue', drain: { kind: 'gke' } });
  });

  it('passes on what is wrong with a dump', async () => {
    await expect(callCommand(['import', at('none.json')])).rejects.toThrow('no YAML or JSON file at');
  });
});

function kindOf(object: unknown): unknown {
  return typeof object === 'object' && object !== null && 'kind' in object ? object.kind : undefined;
}
