import { describe, expect, it } from 'vitest';
import { SumRows } from '../../src/scheduler/SumRows.ts';

describe('SumRows', () => {
  it('keeps what is in its rows when it grows', () => {
    const sums = new SumRows(1);
    const rows = [0, 1, 2, 3, 4].map((value) => {
      const row = sums.take();
      sums.allot(row, value, 0, 0);
      return row;
    });
    expect(rows.map((row) => sums.allocatableMilliCpu(row))).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(rows).size).toBe(5);
  });

  it('gives a row again, empty, that was given back', () => {
    const sums = new SumRows(2);
    const row = sums.take();
    sums.allot(row, 0, 7, 0);
    sums.give(row);
    expect([sums.take(), sums.allocatableMemory(row)]).toEqual([row, 0]);
  });

  it('adds a row of others to one of its own and takes it away again', () => {
    const sums = new SumRows(2);
    const others = new SumRows(2);
    others.take();
    const [row, other] = [
      sums.take(),
      others.takeFor({ milliCpu: 1, memory: 2, ephemeralStorage: 3, placedScore: { milliCpu: 4, memory: 5 } }),
    ];
    sums.allot(row, 10, 20, 30);
    sums.add(row, others, other);
    sums.add(row, others, other);
    sums.subtract(row, others, other);
    expect([sums.requestedMilliCpu(row), sums.requestedMemory(row), sums.requestedEphemeralStorage(row)]).toEqual([1, 2, 3]);
    expect([sums.scoringMilliCpu(row), sums.scoringMemory(row), sums.freePods(row)]).toEqual([4, 5, 29]);
    expect([sums.allocatableMilliCpu(row), sums.allocatableMemory(row)]).toEqual([10, 20]);
  });
});
