import type { RunResult } from '../run/RunResult.ts';
import { run } from '../run/run.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { type RunFigures, runFiguresOf } from './RunFigures.ts';
import { figuresOfRun, type RollFigure } from './rollFigures.ts';
import { type FiguresByWorkload, figuresByWorkload } from './workloadFigures.ts';

/** One run to make: a scenario, the seed that all its random numbers follow from, and how much of it is kept. */
export interface RunJob<Kept extends JobDetail = JobDetail> {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly detail: Kept;
}

/** What is left of a run, by the detail that its job asks for. */
export interface RunOutcome {
  readonly everything: RunResult;
  readonly figures: RunFigures;
  readonly figuresByWorkload: FiguresByWorkload;
  /** What a recording of the roll can be compared with. */
  readonly rollFigures: readonly RollFigure[];
}

export type JobDetail = keyof RunOutcome;

/**
 * Makes all `jobs` and returns their outcomes in the same order. How many run at a time, and where, is up to the executor. Outcomes never
 * depend on that: every job is a pure function of its scenario and seed.
 */
export type RunBatch = <Kept extends JobDetail>(
  jobs: readonly RunJob<Kept>[],
  onDone: (done: number) => void,
) => Promise<readonly RunOutcome[Kept][]>;

/** The executor without threads: one run after another. */
export const runSerially: RunBatch = async (jobs, onDone) =>
  jobs.map((job, index) => {
    const outcome = runJob(job);
    onDone(index + 1);
    return outcome;
  });

/** Makes the run of one job here and now. */
export function runJob<Kept extends JobDetail>({ scenario, seed, detail }: RunJob<Kept>): RunOutcome[Kept] {
  return KEPT[detail](run(scenario, seed, detail === 'everything' ? 'everything' : 'figures'));
}

const KEPT: { readonly [Kept in JobDetail]: (result: RunResult) => RunOutcome[Kept] } = {
  everything: (result) => result,
  figures: runFiguresOf,
  figuresByWorkload,
  rollFigures: figuresOfRun,
};

/** Seed of replication `index` (0 first): replication 0 is the scenario's own seed, so that one run is the first of many. */
export function replicationSeed(seed: string, index: number): string {
  return index === 0 ? seed : `${seed}#${index}`;
}
