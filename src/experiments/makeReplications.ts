import type { PrecisionReached } from './Forecast.ts';
import { imprecisionsOf, type Replicated } from './imprecision.ts';
import { type JobDetail, type RunBatch, type RunOutcome, replicationSeed } from './RunJob.ts';

/** How many runs to make of each scenario: so many, or until their figures are precise. */
export type ReplicationCount = number | PrecisionGoal;

/** Runs are made until the figures are known well enough. */
export interface PrecisionGoal {
  /** How far an estimate may be off, in (0, 1): as a share of the mean duration, and in probabilities as they are. */
  readonly within: number;
  /** The most runs of each scenario. */
  readonly limit: number;
}

/** The details of a run that tell how it fared. */
type Compared = Extract<JobDetail, 'figures' | 'figuresByWorkload'>;

/** Who makes the runs, and what is kept of each. */
export interface Making<Kept extends Compared> {
  readonly detail: Kept;
  readonly runBatch: RunBatch;
  /** `total` grows from round to round where the number of runs is not known beforehand. */
  readonly onDone: (done: number, total: number) => void;
}

/** The runs of each scenario in order of replication; all have as many. */
export interface MadeReplications<Kept extends Compared> {
  readonly runs: readonly (readonly RunOutcome[Kept][])[];
  /** Why there are so many; absent where the number was given. */
  readonly precision?: PrecisionReached;
}

/**
 * Runs every one of `all` equally often under the same seeds.
 *
 * With a goal it makes rounds of a fixed size, see {@link roundsUpTo}, and after each looks at the figures of every scenario. So the number
 * of runs follows from the outcomes alone, and not from who makes them. Looking several times gives chance as many opportunities to end the
 * search too early. Each look therefore asks for the confidence `1 - 0.05 / looks`, with which all looks together are right in 95 % of cases
 * (Bonferroni), whenever the search ends.
 */
export async function makeReplications<Kept extends Compared>(
  all: readonly Replicated[],
  count: ReplicationCount,
  making: Making<Kept>,
): Promise<MadeReplications<Kept>> {
  const runs: RunOutcome[Kept][][] = all.map(() => []);
  if (typeof count === 'number') {
    await makeRound(all, { runs, until: count }, making);
    return { runs };
  }
  const rounds = roundsUpTo(count.limit);
  const confidence = 1 - DOUBT / rounds.length;
  let precision: PrecisionReached | undefined;
  for (const until of rounds) {
    await makeRound(all, { runs, until }, making);
    precision = lookAt(all, runs, { ...count, confidence });
    if (precision.tooWide.length === 0) break;
  }
  return { runs, ...(precision ? { precision } : {}) };
}

const DOUBT = 0.05;
const FIRST_ROUND = 25;

/** How many runs there are after each round: 25, 50, 100 … and in the end `limit`. */
export function roundsUpTo(limit: number): number[] {
  const rounds: number[] = [];
  for (let size = FIRST_ROUND; size < limit; size *= 2) rounds.push(size);
  return [...rounds, limit];
}

async function makeRound<Kept extends Compared>(
  all: readonly Replicated[],
  { runs, until }: { readonly runs: readonly RunOutcome[Kept][][]; readonly until: number },
  { detail, runBatch, onDone }: Making<Kept>,
): Promise<void> {
  const from = runs[0]?.length ?? 0;
  const added = until - from;
  const jobs = all.flatMap(({ scenario }) =>
    Array.from({ length: added }, (_, index) => ({ scenario, seed: replicationSeed(scenario.seed, from + index), detail })),
  );
  const made = await runBatch(jobs, (done) => onDone(from * all.length + done, until * all.length));
  runs.forEach((own, index) => {
    own.push(...made.slice(index * added, (index + 1) * added));
  });
}

function lookAt<Kept extends Compared>(
  all: readonly Replicated[],
  runs: readonly (readonly RunOutcome[Kept][])[],
  { within, limit, confidence }: PrecisionGoal & { readonly confidence: number },
): PrecisionReached {
  const figures = all.flatMap((one, index) => imprecisionsOf(one, runs[index] ?? [], confidence));
  const widest = figures.reduce((most, figure) => (figure.within > most.within ? figure : most), figures[0] ?? NOTHING);
  const tooWide = figures.filter((figure) => !(figure.within <= within));
  return { within, limit, stopped: tooWide.length === 0 ? 'narrowEnough' : 'limitReached', confidence, widest, tooWide };
}

/** Where every objective is certain and no roll comes to an end. */
const NOTHING = { figure: 'none', within: 0 };
