import { setMaxListeners } from 'node:events';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import type { RunBatch } from '../experiments/RunJob.ts';
import { JobSharing } from './JobSharing.ts';
import { makeRuns } from './makeRuns.ts';
import type { Shift } from './worker.ts';

/**
 * Gives `work` an executor with up to `threads` worker threads.
 *
 * They start when there is something to do, stay from one batch to the next, and end with `work`; the main thread stays free for signals
 * and progress. Outcomes come in the order of the jobs, so they do not depend on the number of threads. `interrupted` ends the threads
 * within moments, whatever they are doing.
 */
export async function withThreads<Result>(
  threads: number,
  interrupted: AbortSignal,
  work: (runBatch: RunBatch) => Promise<Result>,
): Promise<Result> {
  setMaxListeners(0, interrupted);
  const pool = createPool(threads);
  const broken = new Promise<never>((_, reject) => pool.on('error', reject));
  const sharing = new JobSharing();
  const runBatch: RunBatch = (jobs, onDone) => {
    const shared = sharing.share(jobs);
    return makeRuns(jobs, {
      places: Math.min(threads, jobs.length),
      workShift({ memory }, place) {
        const shift: Shift = { ...shared, board: memory, place };
        return pool.run(shift, { signal: interrupted });
      },
      interrupted,
      onDone,
    });
  };
  try {
    return await Promise.race([work(runBatch), broken]);
  } finally {
    await pool.destroy();
  }
}

/** Threads that start on demand and wait for more. */
function createPool(threads: number): Piscina {
  const extension = extname(import.meta.url);
  return new Piscina({
    filename: fileURLToPath(new URL(`./worker${extension}`, import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    ...(extension === '.ts' ? { execArgv: ['--import', sourceLoader()] } : {}),
  });
}

/** Lets a thread load TypeScript when the program runs from source, whatever the current folder. */
function sourceLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
