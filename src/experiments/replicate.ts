import type { RunResult } from '../run/RunResult.ts';
import type { Finding, Scenario } from '../scenario/Scenario.ts';
import { check } from './check.ts';
import { type ForecastReport, SCHEMA_VERSION } from './Forecast.ts';
import { figuresOf, summarizeFigures } from './figures.ts';
import { forecastOf } from './forecastOf.ts';
import { type RunBatch, replicationSeed } from './RunJob.ts';
import { verdictOf } from './verdict.ts';

/** How many runs to make, and who makes them. */
export interface ReplicateOptions {
  /** At least 1; replication 0 has the scenario's own seed. */
  readonly replications: number;
  readonly runBatch: RunBatch;
  /** Version of this program, for the document. */
  readonly version: string;
  readonly onDone?: (done: number) => void;
}

/**
 * Forecasts `scenario` with as many replications as asked for.
 *
 * The document shows the run with the median duration in full, and the spread of every figure when there is more than one.
 */
export async function replicate(
  scenario: Scenario,
  { replications, runBatch, version, onDone = () => {} }: ReplicateOptions,
): Promise<ForecastReport> {
  const jobs = Array.from({ length: replications }, (_, index) => ({
    scenario,
    seed: replicationSeed(scenario.seed, index),
    detail: replications === 1 ? ('everything' as const) : ('figures' as const),
  }));
  const runs = await runBatch(jobs, onDone);
  const shown = await inFull(scenario, medianOf(runs), runBatch);
  const findings = mergeFindings(check(scenario), shown.findings, scenario.warnings);
  const forecast = {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: scenario.name,
    seed: scenario.seed,
    replications,
    verdict: verdictOf(scenario, runs, findings),
    ...forecastOf(scenario, shown),
    findings,
    ...(replications > 1 ? { shownSeed: shown.seed, metrics: summarizeFigures(runs.map(figuresOf)) } : {}),
  };
  return {
    forecast,
    start: scenario.start.text,
    series: shown.series,
    pods: shown.pods,
    events: shown.events,
    durations: runs.map((run) => run.roll.duration / 1000),
  };
}

/** The run with the median duration; of equal ones the first. With an even number the shorter of the two in the middle. */
function medianOf(runs: readonly RunResult[]): RunResult {
  const sorted = runs.map((run, index) => ({ run, index })).sort((a, b) => a.run.roll.duration - b.run.roll.duration || a.index - b.index);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!median) throw new Error('no replication was made');
  return median.run;
}

/** Makes `result` again with everything that reports need, unless it has it already. */
async function inFull(scenario: Scenario, result: RunResult, runBatch: RunBatch): Promise<RunResult> {
  if (result.events.length > 0) return result;
  const [full = result] = await runBatch([{ scenario, seed: result.seed, detail: 'everything' }], () => {});
  return full;
}

/** All findings, errors first, each code and object once. */
function mergeFindings(...lists: readonly (readonly Finding[])[]): Finding[] {
  const known = new Map<string, Finding>();
  for (const finding of lists.flat()) {
    const key = `${finding.code} ${finding.object} ${finding.message}`;
    if (!known.has(key)) known.set(key, finding);
  }
  return [...known.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

const SEVERITIES = ['error', 'warning', 'info'];
