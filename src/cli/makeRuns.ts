import type { JobDetail, RunJob, RunOutcome } from '../experiments/RunJob.ts';
import { failureOfRun } from './failureOfRun.ts';
import { JobBoard } from './JobBoard.ts';
import type { Made } from './worker.ts';

/** Who makes the runs of a batch. */
export interface Crew<Kept extends JobDetail> {
  /** How many work at once; each has a place on the board. */
  readonly places: number;
  /** Lets the one at `place` take jobs from the board for a while; what it gives comes in any order. */
  readonly workShift: (board: JobBoard, place: number) => Promise<readonly Made<Kept>[]>;
  readonly interrupted: AbortSignal;
  readonly onDone: (done: number) => void;
}

/**
 * Makes all `jobs`, shift by shift, and returns the outcomes in the order of the jobs, whichever thread made them.
 * @throws RollError for the first job that fails, the same one for any number of places; whatever `workShift` throws when interrupted.
 */
export async function makeRuns<Kept extends JobDetail>(
  jobs: readonly RunJob<Kept>[],
  crew: Crew<Kept>,
): Promise<readonly RunOutcome[Kept][]> {
  const board = JobBoard.open(jobs.length, crew.places);
  const outcomes = new Array<RunOutcome[Kept]>(jobs.length);
  let done = 0;
  const keep = (made: readonly Made<Kept>[]): void => {
    for (const { index, outcome } of made) outcomes[index] = outcome;
    done += made.length;
    crew.onDone(done);
  };
  keep([]);
  const places = Array.from({ length: crew.places }, (_, place) => place);
  const failures = (await Promise.all(places.map((place) => workAt(place, board, crew, keep)))).flat();
  const [first] = failures.sort((a, b) => a.index - b.index);
  if (first) throw failureOfRun(first.error, jobs[first.index]);
  return outcomes;
}

interface Failure {
  readonly index: number;
  readonly error: unknown;
}

/** Works until the board is empty; after a failure all places stop once the jobs already taken are done. */
async function workAt<Kept extends JobDetail>(
  place: number,
  board: JobBoard,
  { workShift, interrupted }: Crew<Kept>,
  keep: (made: readonly Made<Kept>[]) => void,
): Promise<readonly Failure[]> {
  try {
    while (board.hasJobs) keep(await workShift(board, place));
    return [];
  } catch (error) {
    if (interrupted.aborted) throw error;
    board.close();
    const index = board.lastTaken(place);
    return [{ index: index ?? -1, error }];
  }
}
