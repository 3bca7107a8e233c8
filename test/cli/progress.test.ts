import { describe, expect, it } from 'vitest';
import { timeToGo, withProgress } from '../../src/cli/progress.ts';

describe('withProgress', () => {
  it.each([
    [0, ''],
    [1, ', 1m 48s to go'],
    [9, ', 2s to go'],
    [10, ', 0s to go'],
  ])('after %i of 10 runs in 12 s says "%s"', (done, text) => {
    expect(timeToGo(done, 10, 12_000)).toBe(text);
  });

  it('gives what the work gives, watched or not', async () => {
    for (const isWatched of [true, false]) {
      const work = async (onDone: (done: number, total: number) => void) => {
        onDone(0, 3);
        onDone(3, 3);
        onDone(3, 6);
        return 'done';
      };
      expect(await withProgress({ isWatched }, { quiet: false }, work)).toBe('done');
    }
  });
});
