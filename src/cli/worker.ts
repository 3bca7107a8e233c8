import { workerData } from 'piscina';
import type { RunJob } from '../experiments/RunJob.ts';
import type { RunResult } from '../run/RunResult.ts';
import { run } from '../run/run.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** What a worker thread is started with: every scenario of the batch, sent once. */
export interface WorkerScenarios {
  readonly scenarios: readonly Scenario[];
}

/** One run, its scenario named by its place among those sent at the start. */
export interface WorkerTask extends Omit<RunJob, 'scenario'> {
  readonly scenario: number;
}

/** Makes one run in this thread. */
export default function runTask({ scenario, seed, detail }: WorkerTask): RunResult {
  const { scenarios }: WorkerScenarios = workerData;
  const chosen = scenarios[scenario];
  if (chosen === undefined) throw new Error(`no scenario ${scenario} was sent to this thread`);
  return run(chosen, seed, detail);
}
