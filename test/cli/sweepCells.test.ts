import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepCells } from '../../src/cli/sweepCells.ts';
import { pairScenario } from '../support/pairScenario.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cells-'));
  writeFileSync(join(folder, 'pair.yaml'), pairScenario({ replicas: 6 }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function cells(maxUnavailable: string | undefined, ...factors: string[]) {
  return sweepCells({ file: join(folder, 'pair.yaml'), maxUnavailable, factors, overrides: new Map(), snapshot: 'keep' });
}

describe('sweepCells', () => {
  it('varies maxUnavailable fastest', () => {
    expect(cells('1,2', 'roll.pacing=barrier,window').map(({ factors }) => factors)).toEqual([
      { pacing: 'barrier', maxUnavailable: 1 },
      { pacing: 'barrier', maxUnavailable: 2 },
      { pacing: 'window', maxUnavailable: 1 },
      { pacing: 'window', maxUnavailable: 2 },
    ]);
  });

  it('lets cells with equal clusters share one', () => {
    const clusters = cells('1..3', 'roll.pacing=barrier,window').map(({ scenario }) => scenario.cluster);
    expect(new Set(clusters).size).toBe(1);
  });

  it('keeps clusters apart that a factor makes unequal', () => {
    const clusters = cells('1,2', 'cluster.workloads=[],[{name: solo}]').map(({ scenario }) => scenario.cluster);
    expect(new Set(clusters).size).toBe(2);
  });
});
