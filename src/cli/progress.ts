import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './Terminal.ts';

/** Shows `total` runs being made while `work` goes on, on standard error; silent in a pipe and when nobody wants it. */
export async function withProgress<Result>(
  terminal: Pick<Terminal, 'isWatched'>,
  { quiet }: { readonly quiet: boolean },
  work: (onDone: (done: number, total: number) => void) => Promise<Result>,
): Promise<Result> {
  if (!terminal.isWatched || quiet) return work(() => {});
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} runs, {eta_formatted} to go', clearOnComplete: true, hideCursor: true },
    Presets.rect,
  );
  let started = false;
  try {
    return await work((done, total) => {
      if (total < 2) return;
      if (!started) bar.start(total, 0);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
