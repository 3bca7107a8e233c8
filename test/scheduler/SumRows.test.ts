import { describe, expect, it } from 'vitest';
import { SumRows } from '../../src/scheduler/SumRows.ts';

describe('SumRows', () => {
  it('keeps what is in its rows when it grows', () => {
    const sums = new SumRows(1);
    const rows = [0, 1, 2, 3, 4].map((value) => {
      const row = sums.take();
      sums.numbers[row] = value;
      return row;
    });
    expect(rows.map((row) => sums.numbers[row])).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(rows).size).toBe(5);
  });

  it('gives a row again, empty, that was given back', () => {
    const sums = new SumRows(2);
    const row = sums.take();
    sums.numbers[row + 4] = 7;
    sums.give(row);
    expect([sums.take(), sums.numbers[row + 4]]).toEqual([row, 0]);
  });

  it('adds a row of others to one of its own and takes it away again', () => {
    const sums = new SumRows(2);
    const others = new SumRows(2);
    const [row, other] = [sums.take(), [others.take(), others.take()][1] ?? 0];
    others.write(other, [1, 2, 3, 4, 5, 6]);
    for (const sign of [1, 1, -1] as const) sums.add(row, others, other, sign);
    expect([...sums.numbers.slice(row, row + 6)]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
