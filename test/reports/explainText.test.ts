import { describe, expect, it } from 'vitest';
import type { ExplanationDocument, PodExplanation } from '../../src/experiments/Explanation.ts';
import { explainText } from '../../src/reports/explainText.ts';
import { aWorkloadRow } from '../support/sampleForecast.ts';

const same = (text: string) => text;
const style = { width: 200, paint: { bold: same, dim: same, red: same, green: same, yellow: same } };

const untouched: PodExplanation = {
  schemaVersion: 1,
  rollcast: '0.1.0',
  scenario: 'shop',
  seed: '1',
  kind: 'pod',
  pod: 'default/web-1',
  history: [],
  attempts: [],
  shown: null,
  untried: null,
};

describe('explainText', () => {
  it('says of a pod that was never tried whether it stayed', () => {
    expect(firstLine(untouched)).toBe('✓ Pod default/web-1 stayed where it was from the start; the scheduler never had to try it.');
  });

  it('says of one that was evicted when it was gone from where', () => {
    const history = [
      { at: 60, event: 'podTerminating', detail: { cause: 'EvictionByEvictionAPI' } },
      { at: 90, event: 'podGone', detail: { node: 'n1' } },
    ];
    expect(firstLine({ ...untouched, history })).toBe(
      '✓ Pod default/web-1 was there from the start and gone from n1 at 1m 30s; the scheduler never had to try it.',
    );
  });
});

describe('explainText of a node', () => {
  const times = { drainedAt: 60, resetAt: 60, readyAt: 120, inServiceAt: 120, blockedSeconds: 0 };
  const counts = { blockedBy: [], evictions: 0, refusals: 0, forcedKills: 0, reason: null };
  const { schemaVersion, rollcast, scenario, seed } = untouched;
  const node = { schemaVersion, rollcast, scenario, seed, kind: 'node', node: 'a', refusedBy: [], history: [], traffic: [] } as const;

  it.each([
    [{ cordonedAt: 30 }, '✓ Node a was cordoned at 30s and back in service at 2m.'],
    [{ cordonedAt: null, startedAt: 60 }, '✓ Node a was worked on from 1m and back in service at 2m.'],
  ])('with %j says %s', (begin, line) => {
    const reset = { name: 'a', outcome: 'inService' as const, ...begin, ...times, ...counts };
    expect(firstLine({ ...node, reset })).toBe(line);
  });

  it.each([
    ['stays', {}, ['cordoned 30s', 'drained 1m', 'reset began 1m', 'Ready again 2m', 'back in service 2m']],
    ['goes for good', { outcome: 'replaced' as const, goneAt: 90 }, ['cordoned 30s', 'drained 1m', 'deletion began 1m', 'gone 1m 30s']],
    ['is new', { createdAt: 0, cordonedAt: null, drainedAt: null, resetAt: null }, ['asked for 0s', 'Ready 2m', 'in service 2m']],
  ])('lists the steps of one that %s', (_, told, steps) => {
    const reset = { name: 'a', outcome: 'inService' as const, cordonedAt: 30, ...times, ...counts, ...told };
    const [, table = ''] = explainText({ ...node, reset }, style).split(/^step +at$/m);
    const [rows = ''] = table.trim().split('\n\n');
    expect(rows.split('\n').map((row) => row.replace(/ {2,}/, ' ').trim())).toEqual(steps);
  });
});

describe('explainText of a workload', () => {
  it.each([
    [{}, '✓ Deployment shop/db was never down and always had all its replicas; its pods moved 3 times.'],
    [{ degradedSeconds: 48 }, '✓ Deployment shop/db was never down and was short of replicas for 48s; its pods moved 3 times.'],
    [
      { degradedSeconds: 48, belowFloorSeconds: 30 },
      '✗ Deployment shop/db was below its floor for 30s, but never down; its pods moved 3 times.',
    ],
    [
      { belowFloorSeconds: 570, quorum: { size: 2, leastInSync: 1 } },
      '✗ Deployment shop/db was without its quorum of 2 for 9m 30s, but never down; its pods moved 3 times.',
    ],
  ])('sums up %o', (row, sentence) => {
    const { schemaVersion, rollcast, scenario, seed } = untouched;
    const head = { schemaVersion, rollcast, scenario, seed };
    expect(firstLine({ ...head, kind: 'workload', workload: aWorkloadRow('db', row), budgets: [], pods: [] })).toBe(sentence);
  });
});

function firstLine(document: ExplanationDocument): string | undefined {
  return explainText(document, style).split('\n')[0];
}
