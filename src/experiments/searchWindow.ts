import type { Scenario, ZonedStart } from '../scenario/Scenario.ts';
import { formatDuration, seconds } from '../units.ts';
import { SCHEMA_VERSION, type Verdict, type WindowSearch, type WindowStart } from './Forecast.ts';
import { notModelled } from './notModelled.ts';
import type { RunFigures } from './RunFigures.ts';
import type { ReplicateOptions } from './replicate.ts';
import { verdictOf } from './verdict.ts';

/** How many starts are recommended at most, all with the outcome of the best one: where one keeps the objectives, none that does not. */
const BEST = 5;

/**
 * Forecasts the roll once for every start and ranks the starts: those that keep all objectives first, then by unserved demand, outage,
 * requests that come while the roll goes on (the load that is at risk), duration, and time.
 */
export async function searchWindow(
  scenario: Scenario,
  starts: readonly ZonedStart[],
  { runBatch, version, onDone = () => {} }: Omit<ReplicateOptions, 'replications'>,
): Promise<WindowSearch> {
  const jobs = starts.map((start) => ({ scenario: { ...scenario, start }, seed: scenario.seed, detail: 'figures' as const }));
  const runs = await runBatch(jobs, onDone);
  const tried = runs.flatMap((run, index) => {
    const start = starts[index];
    return start ? [{ start, run, verdict: verdictOf({ ...scenario, start }, [run], []) }] : [];
  });
  const ranked = [...tried].sort(better);
  const worst = worstOf(ranked);
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: scenario.name,
    seed: scenario.seed,
    starts: tried.map(rowOf),
    best: ranked
      .filter((tried) => tried.verdict.outcome === ranked[0]?.verdict.outcome)
      .slice(0, BEST)
      .map(({ start }) => start.text),
    worst: worst ? { start: worst.start.text, reason: whyWorst(worst) } : null,
    notModelled: notModelled(scenario),
    inputs: scenario.inputs,
  };
}

interface Tried {
  readonly start: ZonedStart;
  readonly run: RunFigures;
  readonly verdict: Verdict;
}

/** The last of the ranked starts, undefined when it is no worse than the first. */
function worstOf(ranked: readonly Tried[]): Tried | undefined {
  const [best, worst] = [ranked[0], ranked.at(-1)];
  return best && worst && (best.verdict.outcome !== worst.verdict.outcome || comparedByHarm(best, worst) !== 0) ? worst : undefined;
}

function better(a: Tried, b: Tried): number {
  const rank = (tried: Tried) => OUTCOMES.indexOf(tried.verdict.outcome);
  return rank(a) - rank(b) || comparedByHarm(a, b) || a.start.epochMilliseconds - b.start.epochMilliseconds;
}

function comparedByHarm(a: Tried, b: Tried): number {
  const [x, y] = [a.run.figures, b.run.figures];
  return (
    x.unservedRequests - y.unservedRequests ||
    x.outageSeconds - y.outageSeconds ||
    a.run.requestsDuringRoll - b.run.requestsDuringRoll ||
    compared(x.durationSeconds, y.durationSeconds)
  );
}

/** Both may be infinite. */
function compared(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

const OUTCOMES = ['holds', 'unknown', 'fails'];

function rowOf({ start, run, verdict }: Tried): WindowStart {
  const { durationSeconds, outageSeconds, unservedRequests } = run.figures;
  return {
    start: start.text,
    outcome: verdict.outcome,
    durationSeconds,
    outageSeconds,
    unservedRequests,
    requestsDuringRoll: run.requestsDuringRoll,
  };
}

function whyWorst({ run, verdict }: Tried): string {
  const { unservedRequests, outageSeconds } = run.figures;
  const failed = verdict.objectives.filter(({ outcome }) => outcome === 'fails').map(({ name, evidence }) => `${name} (${evidence})`);
  const load = `${Math.round(run.requestsDuringRoll)} requests come during the ${formatDuration(run.duration)} of the roll, ${Math.round(unservedRequests)} of them unserved`;
  return [...failed, load, ...(outageSeconds > 0 ? [`${formatDuration(seconds(outageSeconds))} of outage in all`] : [])].join('; ');
}
