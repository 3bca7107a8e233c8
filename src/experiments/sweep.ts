import type { Finding, InputOrigin, NotModelled, Scenario } from '../scenario/Scenario.ts';
import { check } from './check.ts';
import { SCHEMA_VERSION, type Sweep } from './Forecast.ts';
import { meanFigures } from './figures.ts';
import { makeReplications } from './makeReplications.ts';
import { notModelled } from './notModelled.ts';
import { paretoFront } from './paretoFront.ts';
import type { RunFigures } from './RunFigures.ts';
import { namedLevels, recommend } from './recommend.ts';
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
  const all = cells.map(({ factors, scenario }) => ({ name: namedLevels(factors), scenario, findings: check(scenario) }));
  const { runs, precision } = await makeReplications(all, replications, { detail: 'figures', runBatch, onDone });
  const tried = cells.map((cell, index) => ({ cell, runs: runs[index] ?? [], findings: all[index]?.findings ?? [] }));
  const rows = tried.map(rowOf);
  const completed = rows.filter((_, index) => tried[index]?.runs.every(({ outcome }) => outcome === 'completed'));
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: first.scenario.name,
    seed: first.scenario.seed,
    replications: runs[0]?.length ?? 0,
    ...(precision ? { precision } : {}),
    cells: rows,
    recommended: recommend(rows),
    paretoFront: paretoFront(completed, ({ metrics }) => metrics).map(({ factors }) => factors),
    notModelled: leftOut(cells),
    inputs: commonInputs(cells),
  };
}

/** What any of the settings leaves out, each once. */
function leftOut(cells: readonly SweepCell[]): NotModelled[] {
  const entries = cells.flatMap(({ scenario }) => notModelled(scenario)).map((entry) => [entry.what, entry] as const);
  return [...new Map(entries).values()];
}

/** The inputs that all settings share: not what is varied, nor what follows from it. */
function commonInputs(cells: readonly SweepCell[]): InputOrigin[] {
  const [first, ...others] = new Set(cells.map(({ scenario }) => scenario.inputs));
  const shared = (first ?? []).filter((input) => others.every((inputs) => inputs.some((other) => isSame(other, input))));
  return shared.filter(({ name }) => levelsOf(cells, name.replace(/^roll\./, '')) < 2);
}

function isSame(a: InputOrigin, b: InputOrigin): boolean {
  return a.name === b.name && a.origin === b.origin && a.value === b.value;
}

function levelsOf(cells: readonly SweepCell[], factor: string): number {
  return new Set(cells.map(({ factors }) => factors[factor])).size;
}

type Row = Sweep['cells'][number];

interface Tried {
  readonly cell: SweepCell;
  readonly runs: readonly RunFigures[];
  readonly findings: readonly Finding[];
}

function rowOf({ cell: { factors, scenario }, runs, findings }: Tried): Row {
  return { factors, verdict: verdictOf(scenario, runs, findings), metrics: meanFigures(runs.map(({ figures }) => figures)) };
}
