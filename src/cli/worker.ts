import { deserialize } from 'node:v8';
import { type JobDetail, type RunOutcome, runJob } from '../experiments/RunJob.ts';
import { type PackedScenarios, unpacked } from '../scenario/packedScenarios.ts';
import type { Scenario } from '../scenario/Scenario.ts';
import { JobBoard } from './JobBoard.ts';
import type { Shared, SharedJob, SharedJobs } from './JobSharing.ts';
import { tuneCollector } from './tuneCollector.ts';

/** A while of work at one place: jobs of a batch are made until the time is over or none is left. */
export interface Shift extends SharedJobs {
  /** Memory of the {@link JobBoard}. */
  readonly board: SharedArrayBuffer;
  readonly place: number;
}

/** One job that was made in a shift. */
export interface Made<Kept extends JobDetail = JobDetail> {
  /** Its place among the jobs of the batch. */
  readonly index: number;
  readonly outcome: RunOutcome[Kept];
}

/** Length of a shift: short enough for steady progress, long enough that messages cost nothing beside short runs. */
const SHIFT_MILLISECONDS = 200;

tuneCollector();

const scenariosIn = keepingLast((packed: PackedScenarios): readonly Scenario[] => unpacked(packed));
const jobsIn = keepingLast((jobs: readonly SharedJob[]) => jobs);

/** Works one shift in this thread. */
export default function workShift(shift: Shift): readonly Made[] {
  const scenarios = scenariosIn(shift.scenarios);
  const jobs = jobsIn(shift.jobs);
  const board = new JobBoard(shift.board);
  const made: Made[] = [];
  const end = performance.now() + SHIFT_MILLISECONDS;
  do {
    const index = board.take(shift.place);
    if (index === undefined) break;
    made.push({ index, outcome: make(jobs[index], scenarios) });
  } while (performance.now() < end);
  return made;
}

function make(job: SharedJob | undefined, scenarios: readonly Scenario[]): RunOutcome[JobDetail] {
  const scenario = job && scenarios[job.scenario];
  if (!scenario) throw new Error('a job was not shared with this thread');
  return runJob({ ...job, scenario });
}

/** Reads shared bytes with `make`, once as long as the same ones are asked for. The previous value is released first, to save memory. */
function keepingLast<Written, Value>(make: (written: Written) => Value): (shared: Shared) => Value {
  let known: { readonly number: number; readonly value: Value } | undefined;
  return ({ number, bytes }) => {
    if (known?.number === number) return known.value;
    known = undefined;
    const value = make(deserialize(new Uint8Array(bytes)));
    known = { number, value };
    return value;
  };
}
