import { setMaxListeners } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Piscina } from 'piscina';
import { RollError } from '../errors.ts';
import type { RunBatch, RunJob } from '../experiments/RunJob.ts';
import type { RunResult } from '../run/RunResult.ts';
import { quoteWord } from './reportFailure.ts';
import type { WorkerScenarios, WorkerTask } from './worker.ts';

const fromSource = import.meta.url.endsWith('.ts');

/**
 * Makes runs on up to `threads` worker threads; the main thread stays free for signals and progress. Results come in the order of
 * the jobs, so they do not depend on the number of threads. `interrupted` ends the threads within moments.
 */
export function runInThreads(threads: number, interrupted: AbortSignal): RunBatch {
  setMaxListeners(0, interrupted);
  return async (jobs, onDone) => {
    const scenarios = [...new Set(jobs.map(({ scenario }) => scenario))];
    const numberOf = new Map(scenarios.map((scenario, index) => [scenario, index]));
    const pool = createPool(Math.min(threads, jobs.length), { scenarios });
    const results: RunResult[] = [];
    let [next, done] = [0, 0];
    const lane = async (): Promise<void> => {
      for (let index = next++; index < jobs.length; index = next++) {
        const job = jobs[index];
        if (job === undefined) return;
        results[index] = await runOne(pool, job, { scenario: numberOf.get(job.scenario) ?? 0, interrupted });
        done += 1;
        onDone(done);
      }
    };
    try {
      await Promise.all(Array.from({ length: LANES * threads }, lane));
      return results;
    } finally {
      await pool.destroy();
    }
  };
}

/** Runs on their way per thread: a second one waits at the door, so that no thread is idle. */
const LANES = 2;

async function runOne(
  pool: Piscina,
  job: RunJob,
  { scenario, interrupted }: { scenario: number; interrupted: AbortSignal },
): Promise<RunResult> {
  const task: WorkerTask = { scenario, seed: job.seed, detail: job.detail };
  try {
    return await pool.run(task, { signal: interrupted });
  } catch (error) {
    throw interrupted.aborted ? error : crashed(error, job);
  }
}

function createPool(threads: number, workerData: WorkerScenarios): Piscina {
  return new Piscina({
    filename: fileURLToPath(new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url)),
    minThreads: Math.max(1, threads),
    maxThreads: Math.max(1, threads),
    workerData,
    ...(fromSource ? { execArgv: ['--import', sourceLoader()] } : {}),
  });
}

/** What lets a thread load TypeScript when the program runs from source, from whatever folder it is called. */
function sourceLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

/** A run never fails on purpose, so this is a bug, with the seed that shows it. */
function crashed(error: unknown, { scenario, seed }: RunJob): RollError {
  const message = error instanceof Error ? error.message : String(error);
  const hint = `replay: rollcast run ${quoteWord(scenario.file)} --seed ${quoteWord(seed)} --replications 1`;
  const failure = new RollError([{ code: 'INTERNAL', message: `run with seed ${seed}: ${message}`, hint }]);
  failure.cause = error;
  return failure;
}
