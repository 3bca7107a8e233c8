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

  it('takes every level once', () => {
    expect(cells(undefined, 'roll.pacing=window,barrier,window').map(({ factors }) => factors['pacing'])).toEqual(['window', 'barrier']);
  });

  it.each([
    [[undefined, 'roll.pacing=barrier', 'roll.pacing=window'], 'factor roll.pacing is given twice'],
    [['3..4', 'roll.maxUnavailable=1,2'], 'factor roll.maxUnavailable is given twice'],
    [[undefined, 'seed=1,2'], '--factor seed is no setting of a roll'],
  ] as const)('refuses the factors %j', ([levels, ...factors], message) => {
    expect(() => cells(levels, ...factors)).toThrow(expect.objectContaining({ faults: [expect.objectContaining({ message })] }));
  });

  it.each([
    ['few', '--max-unavailable does not understand "few"', 'write a range such as 1..20, or values such as 2,4,8'],
    ['2,,8', '--max-unavailable does not understand ""', 'write a range such as 1..20, or values such as 2,4,8'],
    ['1..20000', '--max-unavailable 1..20000: levels go from 1 to 1000', 'write a range such as 1..20, or values such as 2,4,8'],
    ['0..3', '--max-unavailable 0..3: levels go from 1 to 1000', 'write a range such as 1..20, or values such as 2,4,8'],
    ['5..1', '--max-unavailable 5..1: the smaller level comes first', 'write --max-unavailable 1..5'],
  ])('refuses the levels %s and says why', (levels, message, hint) => {
    expect(() => cells(levels)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID', faults: [{ code: 'ARGUMENT_INVALID', message, hint }] }),
    );
  });
});
