import type { Scenario } from '../scenario/Scenario.ts';
import { check } from './check.ts';
import { SCHEMA_VERSION, type Sweep } from './Forecast.ts';
import { meanFigures } from './figures.ts';
import { notModelled } from './notModelled.ts';
import type { RunFigures } from './RunFigures.ts';
import { replicationSeed } from './RunJob.ts';
import type { ReplicateOptions } from './replicate.ts';
import { verdictOf } from './verdict.ts';

/** One setting to try: the levels of its factors, and the scenario with them in place. */
export interface SweepCell {
  /** `maxUnavailable` and whatever else is varied, by the scenario's name for it. */
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
 * Forecasts every cell under the same seeds, so that cells differ by their settings and not by luck, and recommends one: of those that
 * keep all objectives the one with the largest `maxUnavailable`, then the shortest.
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
  const rows = cells.map((cell, index) => rowOf(cell, runs.slice(index * replications, (index + 1) * replications)));
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: first.scenario.name,
    seed: first.scenario.seed,
    cells: rows,
    recommended: recommend(rows),
    notModelled: notModelled(first.scenario),
    inputs: first.scenario.inputs,
  };
}

type Row = Sweep['cells'][number];

function rowOf({ factors, scenario }: SweepCell, runs: readonly RunFigures[]): Row {
  return { factors, verdict: verdictOf(scenario, runs, check(scenario)), metrics: meanFigures(runs.map(({ figures }) => figures)) };
}

function recommend(rows: readonly Row[]): Sweep['recommended'] {
  const kept = rows.filter(({ verdict }) => verdict.outcome === 'holds').sort(preferred);
  const [best, ...others] = kept;
  if (!best) return null;
  const certainty = best.verdict.objectives.every((one) => one.certainty === 'certain') ? 'certain' : 'likely';
  return { factors: best.factors, reason: [...reasons(best, rows), ...ties(best, others)].join('; '), certainty };
}

function preferred(a: Row, b: Row): number {
  return levelOf(b) - levelOf(a) || a.metrics.durationSeconds - b.metrics.durationSeconds;
}

function levelOf({ factors }: Row): number {
  return Number(factors['maxUnavailable'] ?? 0);
}

function reasons(best: Row, rows: readonly Row[]): string[] {
  const next = rows.filter((row) => levelOf(row) > levelOf(best)).sort((a, b) => levelOf(a) - levelOf(b))[0];
  const smaller = rows.filter((row) => levelOf(row) < levelOf(best) && row.verdict.outcome !== 'holds').map(levelOf);
  return [
    `the largest maxUnavailable that keeps all objectives is ${levelOf(best)}`,
    next ? `${levelOf(next)} does not: ${failuresOf(next)}` : 'nothing larger was tried',
    ...(smaller.length > 0 ? [`beware that smaller values fail too: ${[...new Set(smaller)].join(', ')}`] : []),
  ];
}

function failuresOf({ verdict }: Row): string {
  const failed = verdict.objectives.filter(({ outcome }) => outcome !== 'holds');
  return failed.map(({ name, evidence }) => `${name} (${evidence})`).join(', ');
}

function ties(best: Row, others: readonly Row[]): string[] {
  const equal = others.filter((row) => levelOf(row) === levelOf(best) && row.metrics.durationSeconds === best.metrics.durationSeconds);
  return equal.length > 0 ? [`a tie with ${equal.map(({ factors }) => inWords(factors)).join('; ')}`] : [];
}

function inWords(factors: Row['factors']): string {
  return Object.entries(factors)
    .map(([name, level]) => `${name} ${level}`)
    .join(', ');
}
