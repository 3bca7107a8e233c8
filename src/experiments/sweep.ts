import type { Scenario } from '../scenario/Scenario.ts';
import { check } from './check.ts';
import { SCHEMA_VERSION, type Sweep } from './Forecast.ts';
import { meanFigures } from './figures.ts';
import { notModelled } from './notModelled.ts';
import { paretoFront } from './paretoFront.ts';
import type { RunFigures } from './RunFigures.ts';
import { replicationSeed } from './RunJob.ts';
import { recommend } from './recommend.ts';
import type { ReplicateOptions } from './replicate.ts';
import { verdictOf } from './verdict.ts';

/** One setting to try: the levels of its factors, and the scenario with them in place. */
export interface SweepCell {
  /** The settings of the cell: `maxUnavailable` and whatever else is varied, by its name in a scenario. */
  readonly factors: Readonly<Record<string, string | number>>;
  readonly scenario: Scenario;
}

/** `scenario` once for every level of `maxUnavailable`. */
export function cellsOver(scenario: Scenario, levels: readonly number[]): SweepCell[] {
  return levels.map((maxUnavailable) => ({
    factors: { maxUnavailable },
    scenario: { ...scenario, roll: { ...scenario.roll, maxUnavailable } },
  }));
}

/**
 * Forecasts every cell under the same seeds, so that cells differ by their settings and not by luck, and recommends one: see
 * {@link recommend}.
 */
export async function sweep(
  cells: readonly SweepCell[],
  { replications, runBatch, version, onDone = () => {} }: ReplicateOptions,
): Promise<Sweep> {
  const [first] = cells;
  if (!first) throw new Error('a sweep needs at least one cell');
  const jobs = cells.flatMap(({ scenario }) =>
    Array.from({ length: replications }, (_, index) => ({
      scenario,
      seed: replicationSeed(scenario.seed, index),
      detail: 'figures' as const,
    })),
  );
  const runs = await runBatch(jobs, onDone);
  const tried = cells.map((cell, index) => ({ cell, runs: runs.slice(index * replications, (index + 1) * replications) }));
  const rows = tried.map(rowOf);
  const completed = rows.filter((_, index) => tried[index]?.runs.every(({ outcome }) => outcome === 'completed'));
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: first.scenario.name,
    seed: first.scenario.seed,
    replications,
    cells: rows,
    recommended: recommend(rows),
    paretoFront: paretoFront(completed, ({ metrics }) => metrics).map(({ factors }) => factors),
    notModelled: notModelled(first.scenario),
    inputs: first.scenario.inputs,
  };
}

type Row = Sweep['cells'][number];

function rowOf({ cell: { factors, scenario }, runs }: { readonly cell: SweepCell; readonly runs: readonly RunFigures[] }): Row {
  return { factors, verdict: verdictOf(scenario, runs, check(scenario)), metrics: meanFigures(runs.map(({ figures }) => figures)) };
}
