import { counted, inFigures } from '../run/counted.ts';
import { waitForOpening } from '../scenario/runOpenings.ts';
import type { Scenario, ZonedStart } from '../scenario/Scenario.ts';
import { mean } from '../stats/meanInterval.ts';
import { type Duration, formatDuration, milliseconds, seconds, toSeconds, ZERO } from '../units.ts';
import { type ChanceToFinish, chanceToFinish } from './chanceToFinish.ts';
import { type CellMetrics, SCHEMA_VERSION, type Verdict, type WindowSearch, type WindowStart } from './Forecast.ts';
import { meanFigure, meanFigures } from './figures.ts';
import { makeReplications } from './makeReplications.ts';
import { notModelled } from './notModelled.ts';
import type { RunFigures } from './RunFigures.ts';
import type { ReplicateOptions } from './replicate.ts';
import { verdictOf } from './verdict.ts';

/**
 * The largest number of starts to recommend. All have the outcome of the best one: if any start keeps the objectives, none that breaks them
 * is recommended.
 */
const BEST = 5;

/** One run of every start unless more are asked for. */
export type WindowOptions = Omit<ReplicateOptions, 'replications'> & Partial<Pick<ReplicateOptions, 'replications'>>;

/**
 * Forecasts the roll for every start under the same seeds and ranks the starts: those that keep all objectives first, then by the
 * probability to finish in the window, unserved demand, outage, requests during the roll (the load that is at risk), duration, the wait for a
 * maintenance window, and time.
 */
export async function searchWindow(
  scenario: Scenario,
  starts: readonly ZonedStart[],
  { runBatch, version, replications = 1, onDone = () => {} }: WindowOptions,
): Promise<WindowSearch> {
  const all = starts.map((start) => ({ name: `the start ${start.text}`, scenario: { ...scenario, start }, findings: [] }));
  const { runs, precision } = await makeReplications(all, replications, { detail: 'figures', runBatch, onDone });
  const tried = starts.map((start, index) => triedOf(scenario, start, runs[index] ?? []));
  const ranked = [...tried].sort(better);
  const worst = worstOf(ranked);
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: scenario.name,
    seed: scenario.seed,
    replications: runs[0]?.length ?? 0,
    ...(precision ? { precision } : {}),
    starts: tried.map(rowOf),
    best: ranked
      .filter((tried) => tried.verdict.outcome === ranked[0]?.verdict.outcome)
      .slice(0, BEST)
      .map(({ start }) => start.text),
    worst: worst ? { start: worst.start.text, reason: whyWorst(worst) } : null,
    notModelled: notModelled(scenario),
    inputs: scenario.inputs.filter(({ name }) => name !== 'start'),
  };
}

/** One start with what its replications come to, figures as means over them. */
interface Tried {
  readonly start: ZonedStart;
  readonly runs: readonly RunFigures[];
  readonly verdict: Verdict;
  readonly chance: ChanceToFinish;
  readonly figures: CellMetrics;
  readonly requestsDuringRoll: number;
  /** Until the first maintenance window opens; undefined: nodes may start at any time. */
  readonly wait: Duration | undefined;
}

function triedOf(scenario: Scenario, start: ZonedStart, runs: readonly RunFigures[]): Tried {
  return {
    start,
    runs,
    verdict: verdictOf({ ...scenario, start }, runs, []),
    chance: chanceToFinish(scenario.objectives, runs),
    figures: meanFigures(runs.map(({ figures }) => figures)),
    requestsDuringRoll: meanFigure(runs.map((run) => run.requestsDuringRoll)),
    wait: waitForOpening({ ...scenario, start }),
  };
}

/** The last of the ranked starts, undefined when it is no worse than the first. */
function worstOf(ranked: readonly Tried[]): Tried | undefined {
  const [best, worst] = [ranked[0], ranked.at(-1)];
  return best && worst && (best.verdict.outcome !== worst.verdict.outcome || comparedByRisk(best, worst) !== 0) ? worst : undefined;
}

function better(a: Tried, b: Tried): number {
  const rank = (tried: Tried) => OUTCOMES.indexOf(tried.verdict.outcome);
  const { wait: sooner = ZERO } = a;
  const { wait: later = ZERO } = b;
  return rank(a) - rank(b) || comparedByRisk(a, b) || compared(sooner, later) || a.start.epochMilliseconds - b.start.epochMilliseconds;
}

function comparedByRisk(a: Tried, b: Tried): number {
  const [x, y] = [a.figures, b.figures];
  return (
    b.chance.probability - a.chance.probability ||
    x.unservedRequests - y.unservedRequests ||
    x.outageSeconds - y.outageSeconds ||
    a.requestsDuringRoll - b.requestsDuringRoll ||
    compared(x.durationSeconds, y.durationSeconds)
  );
}

/** Both may be infinite. */
function compared(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

const OUTCOMES = ['holds', 'unknown', 'fails'];

/** One run alone tells no probability. */
function rowOf({ start, runs, verdict, chance, figures, requestsDuringRoll, wait }: Tried): WindowStart {
  const { durationSeconds, outageSeconds, unservedRequests } = figures;
  return {
    start: start.text,
    outcome: verdict.outcome,
    breaks: verdict.objectives.flatMap(({ name, outcome }) => (outcome === 'fails' ? name : [])),
    durationSeconds,
    outageSeconds,
    unservedRequests,
    requestsDuringRoll,
    ...(wait === undefined ? {} : { waitSeconds: toSeconds(wait) }),
    ...(runs.length > 1 ? chance : {}),
  };
}

function whyWorst({ runs, verdict, chance, figures, requestsDuringRoll }: Tried): string {
  const { unservedRequests, outageSeconds } = figures;
  const failed = verdict.objectives.filter(({ outcome }) => outcome === 'fails').map(({ name, evidence }) => `${name} (${evidence})`);
  const finished = Math.round(chance.probability * runs.length);
  const late =
    runs.length > 1 && finished < runs.length
      ? [`it finishes in time in ${inFigures(finished)} of ${counted(runs.length, 'replication')}`]
      : [];
  const duration = formatDuration(milliseconds(mean(runs.map((run) => run.duration))));
  const load = `${counted(Math.round(requestsDuringRoll), 'request')} come during the ${duration} of the roll, ${inFigures(Math.round(unservedRequests))} of them unserved`;
  const down = outageSeconds > 0 ? [`${formatDuration(seconds(outageSeconds))} of outage in all`] : [];
  return [...failed, ...late, runs.length > 1 ? `on average ${load}` : load, ...down].join('; ');
}
