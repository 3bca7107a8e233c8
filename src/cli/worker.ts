import { deserialize } from 'node:v8';
import { type RunJob, type RunOutcome, runJob } from '../experiments/RunJob.ts';
import type { Detail } from '../run/observe.ts';
import { JobBoard } from './JobBoard.ts';

/** A while of work at one place: jobs of a batch are made until the time is over or none is left. */
export interface Shift {
  /** Number of the batch, by which a thread knows that it has read the jobs already. */
  readonly batch: number;
  /** The jobs, serialized once for all threads; scenarios that share a cluster share its bytes. */
  readonly jobs: SharedArrayBuffer;
  /** Memory of the {@link JobBoard}. */
  readonly board: SharedArrayBuffer;
  readonly place: number;
}

/** One job that was made in a shift. */
export interface Made<Kept extends Detail = Detail> {
  /** Its place among the jobs of the batch. */
  readonly index: number;
  readonly outcome: RunOutcome[Kept];
}

/** Length of a shift: short enough for a steady progress, long enough that messages cost nothing beside short runs. */
const SHIFT_MILLISECONDS = 200;

let known: { readonly batch: number; readonly jobs: readonly RunJob[] } | undefined;

/** Works one shift in this thread. */
export default function workShift({ batch, jobs: bytes, board: memory, place }: Shift): readonly Made[] {
  const jobs = jobsOf(batch, bytes);
  const board = new JobBoard(memory);
  const made: Made[] = [];
  const end = performance.now() + SHIFT_MILLISECONDS;
  do {
    const index = board.take(place);
    const job = index === undefined ? undefined : jobs[index];
    if (index === undefined || job === undefined) break;
    made.push({ index, outcome: runJob(job) });
  } while (performance.now() < end);
  return made;
}

/** The jobs of a batch, read once in this thread; those of the batch before are let go first. */
function jobsOf(batch: number, bytes: SharedArrayBuffer): readonly RunJob[] {
  if (known?.batch === batch) return known.jobs;
  known = undefined;
  const jobs: readonly RunJob[] = deserialize(new Uint8Array(bytes));
  known = { batch, jobs };
  return jobs;
}
