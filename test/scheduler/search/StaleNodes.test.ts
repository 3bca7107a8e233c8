import { describe, expect, it } from 'vitest';
import { StaleNodes } from '../../../src/scheduler/search/StaleNodes.ts';

const ALL = -1;

describe('StaleNodes', () => {
  it('holds every node for a new column, and then those that changed since the column took them in', () => {
    const stale = new StaleNodes(40);
    const [first, second] = [stale.addColumn(), stale.addColumn()];
    expect([0, 1].map((block) => stale.in(block, first))).toEqual([ALL, 0xff]);
    for (const block of [0, 1]) stale.settle(block, first, ALL);
    stale.mark(3);
    stale.mark(33);
    expect([0, 1].map((block) => stale.in(block, first))).toEqual([1 << 3, 1 << 1]);
    expect([0, 1].map((block) => stale.in(block, second))).toEqual([ALL, 0xff]);
    stale.settle(0, first, 1 << 4);
    expect(stale.in(0, first)).toBe(1 << 3);
    stale.markAll();
    expect([0, 1].map((block) => stale.in(block, first))).toEqual([ALL, 0xff]);
  });

  it('finds room for any number of columns', () => {
    const stale = new StaleNodes(64);
    const columns = Array.from({ length: 40 }, () => {
      const column = stale.addColumn();
      for (const block of [0, 1]) stale.settle(block, column, ALL);
      stale.mark(column);
      return column;
    });
    const bitsFrom = (column: number, end: number) =>
      Array.from({ length: end }, (_, i) => i).reduce((bits, i) => (i < column ? bits : bits | (1 << i)), 0);
    expect(columns.map((column) => stale.in(0, column))).toEqual(columns.map((column) => bitsFrom(column, 32)));
    expect(columns.map((column) => stale.in(1, column))).toEqual(columns.map((column) => bitsFrom(Math.max(0, column - 32), 8)));
  });
});
