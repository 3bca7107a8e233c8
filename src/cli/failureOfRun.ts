import { type Fault, RollError } from '../errors.ts';
import type { RunJob } from '../experiments/RunJob.ts';
import { quoteWord } from '../scenario/quoteWord.ts';

/**
 * What the user is told when `job` fails with `error`, or when a thread dies before it has a job (undefined). A run never fails on purpose,
 * so this is a bug, reported with the seed that reproduces it; only a lack of memory is for the user to solve.
 */
export function failureOfRun(error: unknown, job: RunJob | undefined): RollError {
  const failure = new RollError([isOutOfMemory(error) ? memoryExhausted(job) : crashed(error, job)]);
  failure.cause = error;
  return failure;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function memoryExhausted(job: RunJob | undefined): Fault {
  const what = job ? `run with seed ${job.seed}` : 'reading the scenario in a thread';
  return {
    code: 'MEMORY_EXHAUSTED',
    message: `${what}: out of memory`,
    hint: 'give each thread more, here 8 GiB: NODE_OPTIONS=--max-old-space-size=8192',
  };
}

function crashed(error: unknown, job: RunJob | undefined): Fault {
  const message = error instanceof Error ? error.message : String(error);
  if (!job) return { code: 'INTERNAL', message: `thread: ${message}` };
  return { code: 'INTERNAL', message: `run with seed ${job.seed}: ${message}`, hint: `replay: rollcast ${replay(job)}` };
}

function replay({ scenario, seed, detail }: RunJob): string {
  const file = quoteWord(scenario.file);
  return detail === 'rollFigures' ? `verify ${file} --seeds ${seed}` : `run ${file} --seed ${quoteWord(seed)} --replications 1`;
}
