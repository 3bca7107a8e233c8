import type { Detail } from '../run/observe.ts';
import type { RunResult } from '../run/RunResult.ts';
import { run } from '../run/run.ts';
import type { Scenario } from '../scenario/Scenario.ts';

/** One run to make: a scenario and the seed that all its random numbers follow from. */
export interface RunJob {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly detail: Detail;
}

/**
 * Makes all `jobs` and gives their results in the same order; how many at a time, and where, is its own affair.
 * Results never depend on the executor: every job is a pure function of its scenario and seed.
 */
export type RunBatch = (jobs: readonly RunJob[], onDone: (done: number) => void) => Promise<readonly RunResult[]>;

/** The executor without threads: one run after another. */
export const runSerially: RunBatch = async (jobs, onDone) =>
  jobs.map((job, index) => {
    const result = run(job.scenario, job.seed, job.detail);
    onDone(index + 1);
    return result;
  });

/** Seed of replication `index` (0 first): replication 0 is the scenario's own seed, so that one run is the first of many. */
export function replicationSeed(seed: string, index: number): string {
  return index === 0 ? seed : `${seed}#${index}`;
}
