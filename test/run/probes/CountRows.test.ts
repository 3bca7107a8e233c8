import { describe, expect, it } from 'vitest';
import { CountRows } from '../../../src/run/probes/CountRows.ts';

describe('CountRows', () => {
  it('keeps what is in its rows when it grows', () => {
    const rows = new CountRows();
    const numbers = Array.from({ length: 200 }, (_, figure) => rows.begin(figure + 1));
    for (const number of numbers) {
      rows.setPresent(number, number + 2);
      if (number % 2 === 0) rows.noteMove(number);
      rows.follow(number);
      if (number % 3 !== 0) rows.unfollow(number);
    }
    for (let more = 0; more < 200; more += 1) rows.begin(0);
    for (const number of numbers) {
      const row = [rows.readyFigureOf(number), rows.presentOf(number), rows.movesOf(number), rows.isFollowed(number)];
      expect(row).toEqual([number + 1, number + 2, number % 2 === 0 ? 1 : 0, number % 3 === 0]);
    }
  });

  it('gives each loss of a workload to one pod that comes, of whatever count', () => {
    const rows = new CountRows();
    const [one, sibling, other] = [rows.begin(7), rows.begin(7), rows.begin(8)];
    rows.noteMove(one);
    expect([rows.takeLoss(other), rows.takeLoss(sibling), rows.takeLoss(one)]).toEqual([false, true, false]);
  });
});
