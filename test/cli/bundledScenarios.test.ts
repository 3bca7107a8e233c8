import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadScenario } from '../../src/cli/loadScenario.ts';
import { check } from '../../src/experiments/check.ts';
import { runSerially } from '../../src/experiments/RunJob.ts';
import { cellsOver, sweep } from '../../src/experiments/sweep.ts';
import type { RunResult } from '../../src/run/RunResult.ts';
import { run } from '../../src/run/run.ts';
import { minutes, seconds } from '../../src/units.ts';

const folder = fileURLToPath(new URL('../../scenarios/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

const seeds = Array.from({ length: 20 }, (_, index) => String(index + 1));

// Every figure is that of the comment at the head of the scenario, which derives it.
describe('the bundled scenarios', () => {
  it.each(names)('%s can be read and opens with a comment on what it shows', (name) => {
    expect(readFileSync(folder + name, 'utf8')).toMatch(/^# \S.*\n/);
    expect(load(name).roll.nodes.length).toBeGreaterThan(0);
  });

  it.each([
    ['barrier', minutes(44)],
    ['window', minutes(32)],
  ])('barrier-and-window takes its time with pacing %s', (pacing, duration) => {
    expect(forecast('barrier-and-window.yaml', { 'roll.pacing': pacing }).roll.duration).toBe(duration);
  });

  it.each([
    [{}, 1],
    [{ 'roll.pacing': 'barrier' }, 4],
  ])('bad-image with %j costs %i nodes', (overrides, lost) => {
    const { roll, findings } = forecast('bad-image.yaml', overrides);
    expect(roll.nodes.filter(({ outcome }) => outcome === 'failed')).toHaveLength(lost);
    expect(findings.find(({ code }) => code === 'NODES_LEFT_CORDONED')?.message).toMatch(new RegExp(`^${lost} of 12 nodes`));
  });

  it.each([
    ['cce-sync', 'completed', 47, 1],
    ['ack-replace-2021', 'completed', 47, 1],
    ['ack-replace', 'failed', 30, 0],
    ['aks-unavailable', 'failed', 30, 0],
    ['hypershift-inplace', 'stuck', 24 * 60, 0],
    ['ack-inplace', 'completed', 32, 0],
  ])('whose-roll with preset %s is %s after %i minutes, with %i pods killed', (preset, outcome, duration, killed) => {
    const { roll } = forecast('whose-roll.yaml', { 'roll.preset': preset });
    expect(roll).toMatchObject({ outcome, duration: minutes(duration) });
    expect(roll.nodes.reduce((sum, { forcedKills }) => sum + forcedKills, 0)).toBe(killed);
  });

  it.each([
    [1, 0],
    [2, 4],
  ])('tight-capacity with maxUnavailable %i leaves %i pods pending', (maxUnavailable, pending) => {
    expect(forecast('tight-capacity.yaml', { 'roll.maxUnavailable': maxUnavailable }).scheduling.peakPending).toBe(pending);
  });

  it('budget-deadlock is found without simulation, and never ends when nothing is forced', () => {
    const codes = check(load('budget-deadlock.yaml')).map(({ code, object }) => `${code} ${object}`);
    expect(codes).toContain('BUDGET_NEVER_ALLOWS PodDisruptionBudget/default/ledger');
    const { roll } = forecast('budget-deadlock.yaml', { 'roll.drain.timeout': 'never' });
    expect([roll.outcome, roll.nodes.every(({ forcedKills }) => forcedKills === 0)]).toEqual(['stuck', true]);
  });

  it('single-replica is out for 30 s with each move of a Deployment and for 50 s with each of a StatefulSet', () => {
    const outages = Object.fromEntries(
      forecast('single-replica.yaml').workloads.map(({ name, moves, outage }) => [name, { moves, outage }]),
    );
    expect(outages.report).toMatchObject({ outage: seconds(30 * (outages.report?.moves ?? 0)) });
    expect(outages.mailbox).toMatchObject({ outage: seconds(50 * (outages.mailbox?.moves ?? 0)) });
    expect(outages.report?.moves).toBeGreaterThan(0);
    expect(outages.mailbox?.moves).toBeGreaterThan(0);
    expect(outages.web?.outage).toBe(0);
  });

  it('local-data loses what is on the disks of nodes and keeps what is on a network disk', () => {
    const lost = Object.fromEntries(forecast('local-data.yaml').workloads.map(({ name, lostData }) => [name, lostData.length]));
    expect(lost).toMatchObject({ store: 2, orders: 0 });
    expect(lost.cache).toBeGreaterThan(0);
    expect(lost.collector).toBeGreaterThan(0);
  });

  it('disk-left-behind keeps the disk on the node for its whole reset, but not after a pause', () => {
    const lost = forecast('disk-left-behind.yaml');
    expect(lost.findings.map(({ code }) => code)).toContain('UNMOUNT_NOT_REPORTED');
    expect(lost.workloads[0]?.outages[0]?.cause.join()).toContain('stayed attached to');
    expect(Math.max(...outageLengths(lost))).toBeGreaterThan(minutes(5));
    const paused = forecast('disk-left-behind.yaml', { 'roll.pauseAfterDrain': '11s' });
    expect(paused.findings.map(({ code }) => code)).not.toContain('UNMOUNT_NOT_REPORTED');
    expect(Math.max(...outageLengths(paused))).toBeLessThan(seconds(2 + 1 + 10 + 6 + 11 + 10));
  });

  it('user-labels leaves the pods without a home that select the lost label', () => {
    const { neverScheduled } = forecast('user-labels.yaml').scheduling;
    expect(neverScheduled.map(({ pod }) => pod.split('-')[0])).toEqual(['default/reporting', 'default/reporting']);
  });

  // 113 pods of 1 CPU, of which a node holds seven: seventeen nodes are enough, sixteen are not.
  it.each([
    [7, 'nothing pending'],
    [8, 'pods pending'],
  ])('online-shop with maxUnavailable %i has %s, whatever the seed', (maxUnavailable, expected) => {
    const shop = load('online-shop.yaml', { 'roll.maxUnavailable': maxUnavailable });
    const peaks = seeds.map((seed) => run(shop, seed, 'figures').scheduling.peakPending);
    expect(peaks.map((peak) => (peak > 0 ? 'pods pending' : 'nothing pending'))).toEqual(seeds.map(() => expected));
  });

  it('online-shop: a sweep of 1 to 20 recommends the most that leaves nobody pending or out, and less with a node less', async () => {
    const recommend = async (nodes: number) => {
      const shop = load('online-shop.yaml', { 'cluster.nodePools.0.nodes': nodes });
      const cells = cellsOver(
        shop,
        Array.from({ length: 20 }, (_, index) => index + 1),
      );
      return sweep(cells, { replications: 1, runBatch: runSerially, version: '0.0.0' });
    };
    const { cells, recommended } = await recommend(24);
    const kept = cells.filter(({ metrics }) => metrics.peakPending === 0 && metrics.outageSeconds === 0);
    expect([cells.length, recommended?.factors]).toEqual([20, kept.at(-1)?.factors]);
    expect(recommended?.factors.maxUnavailable).toBe(7);
    const fewer = await recommend(23);
    expect(fewer.recommended?.factors.maxUnavailable).toBe(6);
  }, 60_000);

  it('off-peak serves every request at night and not at noon', () => {
    expect(forecast('off-peak.yaml').unservedRequests).toBe(0);
    expect(forecast('off-peak.yaml', { start: '2026-11-24T12:00:00[Europe/Berlin]' }).unservedRequests).toBeGreaterThan(0);
  });

  it('dump-roll takes nodes, order and maxUnavailable from the request', () => {
    const { roll } = load('dump-roll.yaml');
    expect(roll).toMatchObject({ preset: 'cce-sync', pool: 'shop', maxUnavailable: 2 });
    expect(roll.nodes).toEqual(['shop-01', 'shop-02', 'shop-03', 'shop-04', 'shop-05', 'shop-06', 'shop-07']);
    expect(forecast('dump-roll.yaml').roll.outcome).toBe('completed');
  });
});

function outageLengths({ workloads }: RunResult): number[] {
  return workloads.flatMap(({ outages }) => outages.map(({ start, end }) => end - start));
}

function load(name: string, overrides: Readonly<Record<string, unknown>> = {}) {
  return loadScenario(folder + name, new Map(Object.entries(overrides)));
}

function forecast(name: string, overrides: Readonly<Record<string, unknown>> = {}): RunResult {
  const scenario = load(name, overrides);
  return run(scenario, scenario.seed);
}
