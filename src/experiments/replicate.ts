import { eventRows } from '../run/EventColumns.ts';
import type { RunResult } from '../run/RunResult.ts';
import type { Finding, Scenario } from '../scenario/Scenario.ts';
import { toSeconds } from '../units.ts';
import { check } from './check.ts';
import { type Forecast, type ForecastReport, SCHEMA_VERSION } from './Forecast.ts';
import { summarizeFigures } from './figures.ts';
import { forecastOf } from './forecastOf.ts';
import { makeReplications, type ReplicationCount } from './makeReplications.ts';
import { medianRun } from './medianRun.ts';
import { mergeFindings } from './mergeFindings.ts';
import type { RunBatch } from './RunJob.ts';
import { verdictOf } from './verdict.ts';
import { type FiguresByWorkload, figuresByWorkload, withMetrics } from './workloadFigures.ts';

/** How many runs to make, and who makes them. */
export interface ReplicateOptions {
  /** At least 1; replication 0 has the scenario's own seed. */
  readonly replications: ReplicationCount;
  readonly runBatch: RunBatch;
  /** Version of this program, for the document. */
  readonly version: string;
  /** `total` grows while it is not known how many runs there will be. */
  readonly onDone?: (done: number, total: number) => void;
}

/**
 * Forecasts `scenario` with as many replications as asked for, or as it takes.
 *
 * The document shows the run with the median duration in full, and the spread of every figure when there is more than one.
 */
export async function replicate(
  scenario: Scenario,
  { replications, version, runBatch, onDone = () => {} }: ReplicateOptions,
): Promise<ForecastReport> {
  const making = { replications, runBatch, onDone };
  const checked = check(scenario);
  const { runs, shown, precision } = replications === 1 ? await once(scenario, making) : await manyTimes({ scenario, checked }, making);
  const findings = mergeFindings(checked, shown.findings, scenario.warnings);
  const body = forecastOf(scenario, shown, findings);
  const forecast = {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: scenario.name,
    seed: scenario.seed,
    replications: runs.length,
    ...(precision ? { precision } : {}),
    verdict: verdictOf(scenario, runs, findings),
    ...body,
    ...(runs.length > 1 ? spreadOf(body, runs, shown) : {}),
  };
  return {
    forecast,
    start: scenario.start.text,
    series: shown.series,
    pods: shown.pods,
    events: eventRows(shown.events),
    runs,
    ...allowedDuration(scenario),
  };
}

/** What a document says of all `runs`, besides the one that is shown. */
function spreadOf({ workloads }: Pick<Forecast, 'workloads'>, runs: readonly FiguresByWorkload[], shown: RunResult) {
  return { workloads: withMetrics(workloads, runs), shownSeed: shown.seed, metrics: summarizeFigures(runs.map(({ figures }) => figures)) };
}

function allowedDuration({ objectives }: Scenario): Pick<ForecastReport, 'allowedSeconds'> {
  const limits = objectives.flatMap(({ goal }) => (goal.kind === 'maxDuration' ? [toSeconds(goal.limit)] : []));
  return limits.length > 0 ? { allowedSeconds: Math.min(...limits) } : {};
}

/** All runs, and the one of them that is shown in full. */
interface Replications extends Pick<Forecast, 'precision'> {
  readonly runs: readonly FiguresByWorkload[];
  readonly shown: RunResult;
}

type Making = Required<Omit<ReplicateOptions, 'version'>>;

async function once(scenario: Scenario, { runBatch, onDone }: Making): Promise<Replications> {
  const shown = await inFull(scenario, scenario.seed, runBatch);
  onDone(1, 1);
  return { runs: [figuresByWorkload(shown)], shown };
}

async function manyTimes(
  { scenario, checked }: { readonly scenario: Scenario; readonly checked: readonly Finding[] },
  { replications, runBatch, onDone }: Making,
): Promise<Replications> {
  const all = [{ name: '', scenario, findings: checked }];
  const made = await makeReplications(all, replications, { detail: 'figuresByWorkload', runBatch, onDone });
  const [runs = []] = made.runs;
  return { ...made, runs, shown: await inFull(scenario, medianRun(runs).seed, runBatch) };
}

/** Makes one run with everything that reports need. */
async function inFull(scenario: Scenario, seed: string, runBatch: RunBatch): Promise<RunResult> {
  const [result] = await runBatch([{ scenario, seed, detail: 'everything' }], () => {});
  if (!result) throw new Error('no run was made');
  return result;
}
