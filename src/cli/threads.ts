import { setMaxListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
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
    let done = 0;
    const runOne = async (job: RunJob): Promise<RunResult> => {
      const task: WorkerTask = { scenario: numberOf.get(job.scenario) ?? 0, seed: job.seed, detail: job.detail };
      const result: RunResult = await pool.run(task, { signal: interrupted }).catch((error: unknown) => {
        throw interrupted.aborted ? error : crashed(error, job);
      });
      done += 1;
      onDone(done);
      return result;
    };
    try {
      return await Promise.all(jobs.map(runOne));
    } finally {
      await pool.destroy();
    }
  };
}

function createPool(threads: number, workerData: WorkerScenarios): Piscina {
  return new Piscina({
    filename: fileURLToPath(new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url)),
    minThreads: Math.max(1, threads),
    maxThreads: Math.max(1, threads),
    workerData,
    ...(fromSource ? { execArgv: ['--import', 'tsx'] } : {}),
  });
}

/** A run never fails on purpose, so this is a bug, with the seed that shows it. */
function crashed(error: unknown, { scenario, seed }: RunJob): RollError {
  const message = error instanceof Error ? error.message : String(error);
  const hint = `replay: rollcast run ${quoteWord(scenario.file)} --seed ${quoteWord(seed)} --replications 1`;
  const failure = new RollError([{ code: 'INTERNAL', message: `run with seed ${seed}: ${message}`, hint }]);
  failure.cause = error;
  return failure;
}
