import { Presets, SingleBar } from 'cli-progress';
import { formatDuration, seconds } from '../units.ts';
import type { Terminal } from './Terminal.ts';

/** Shows how many of `total` runs, which may grow, are made while `work` goes on, on standard error; silent in a pipe and when nobody wants it. */
export async function withProgress<Result>(
  terminal: Pick<Terminal, 'isWatched'>,
  { quiet }: { readonly quiet: boolean },
  work: (onDone: (done: number, total: number) => void) => Promise<Result>,
): Promise<Result> {
  if (!terminal.isWatched || quiet) return work(() => {});
  const bar = new SingleBar({ format: '{bar} {value}/{total} runs{toGo}', clearOnComplete: true, hideCursor: true }, Presets.rect);
  const startedAt = performance.now();
  let started = false;
  try {
    return await work((done, total) => {
      if (total < 2) return;
      if (!started) bar.start(total, 0, { toGo: '' });
      started = true;
      bar.setTotal(total);
      bar.update(done, { toGo: timeToGo(done, total, performance.now() - startedAt) });
    });
  } finally {
    bar.stop();
  }
}

/** When the rest will be done at the rate so far, in words; empty as long as nothing is done. `elapsed` in milliseconds. */
export function timeToGo(done: number, total: number, elapsed: number): string {
  if (done === 0) return '';
  return `, ${formatDuration(seconds(Math.ceil((elapsed * (total - done)) / done / 1000)))} to go`;
}
