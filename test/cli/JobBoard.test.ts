import { describe, expect, it } from 'vitest';
import { JobBoard } from '../../src/cli/JobBoard.ts';

describe('JobBoard', () => {
  it('gives every job once, in order, whichever place asks', () => {
    const board = JobBoard.open(3, 2);
    expect([board.take(1), board.take(0), board.take(1), board.take(0)]).toEqual([0, 1, 2, undefined]);
    expect(board.hasJobs).toBe(false);
  });

  it('knows what each place took last, even when it asked in vain after that', () => {
    const board = JobBoard.open(2, 3);
    for (const place of [2, 0, 2]) board.take(place);
    expect([0, 1, 2].map((place) => board.lastTaken(place))).toEqual([1, undefined, 0]);
  });

  it('is the same board over the same memory', () => {
    const board = JobBoard.open(2, 1);
    expect(new JobBoard(board.memory).take(0)).toBe(0);
    expect([board.take(0), board.hasJobs]).toEqual([1, false]);
  });

  it('gives nothing more once it is closed', () => {
    const board = JobBoard.open(9, 1);
    board.take(0);
    board.close();
    expect([board.hasJobs, board.take(0), board.lastTaken(0)]).toEqual([false, undefined, 0]);
  });
});
