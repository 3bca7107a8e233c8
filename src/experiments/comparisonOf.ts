import type { Compared, ComparedSide, Comparison, MetricDifference, Pairing } from './Comparison.ts';
import { compareMetrics, pairsOf } from './compareMetrics.ts';
import { compareObjectives, isTold, outcomeOf } from './compareObjectives.ts';
import { compareBudgets, compareFindings, compareNodes, compareWorkloads } from './compareRows.ts';
import { comparisonSentence } from './comparisonSentence.ts';
import { type Forecast, SCHEMA_VERSION } from './Forecast.ts';

/** What is known of both besides their forecasts. */
export interface ComparisonContext {
  /** Version of this program, for the document. */
  readonly version: string;
  readonly caveats: readonly string[];
  /** Settings that differ and are not among the inputs. */
  readonly settings: Comparison['settings'];
}

/** Sets B against A: figures pair by pair, then objectives and rows. */
export function comparisonOf([a, b]: readonly [Compared, Compared], { version, caveats, settings }: ComparisonContext): Comparison {
  const pairs = pairsOf(a.runs, b.runs);
  const metrics = compareMetrics(pairs);
  const objectives = compareObjectives(a.forecast.verdict.objectives, b.forecast.verdict.objectives);
  const told = objectives.filter(isTold);
  const outcome = outcomeOf(objectives);
  const workloads = compareWorkloads(a.forecast.workloads, b.forecast.workloads);
  const budgets = compareBudgets(a.forecast.budgets, b.forecast.budgets);
  const nodes = compareNodes(a.forecast.roll.nodes, b.forecast.roll.nodes);
  const findings = compareFindings(a.forecast.findings, b.forecast.findings);
  const pairing: Pairing = { pairs: pairs.length, shownSeed: shownSeed(a.forecast) };
  const sides = { a: sideOf(a), b: sideOf(b) };
  return {
    schemaVersion: SCHEMA_VERSION,
    rollcast: version,
    scenario: a.forecast.scenario,
    seed: a.forecast.seed,
    verdict: { outcome, sentence: comparisonSentence({ ...sides, pairing, metrics, objectives, workloads: workloads.differences }) },
    ...sides,
    pairing,
    caveats: [...caveats, ...onlyOnOneSide(objectives)],
    settings: [...inputDifferences(a.forecast, b.forecast), ...settings],
    objectives: told,
    metrics,
    workloads: workloads.differences,
    budgets: budgets.differences,
    nodes: nodes.differences,
    findings: findings.differences,
    same: {
      objectives: objectives.length - told.length,
      metrics: metrics.filter(isTie).length,
      workloads: workloads.same,
      budgets: budgets.same,
      nodes: nodes.same,
      findings: findings.same,
    },
  };
}

function isTie({ relation }: MetricDifference): boolean {
  return relation === 'same';
}

function shownSeed({ seed, shownSeed }: Forecast): string {
  return shownSeed ?? seed;
}

function sideOf({ source, forecast }: Compared): ComparedSide {
  const { schemaVersion, rollcast, scenario, seed, replications, verdict, roll } = forecast;
  const { preset, pool, maxUnavailable, outcome, durationSeconds } = roll;
  const head = { source, schemaVersion, rollcast, scenario, seed, replications };
  return { ...head, verdict, roll: { preset, pool, maxUnavailable, outcome, durationSeconds } };
}

function onlyOnOneSide(objectives: Comparison['objectives']): string[] {
  return objectives.flatMap(({ name, change }) => {
    if (change === 'onlyA') return [`only A has the objective "${name}"`];
    return change === 'onlyB' ? [`only B has the objective "${name}"`] : [];
  });
}

/** What the two rolls are, then the inputs that matter, in the order of A. */
function inputDifferences(a: Forecast, b: Forecast): Comparison['settings'] {
  const [ofA, ofB] = [inputsOf(a), inputsOf(b)];
  const names = [...new Set([...ofA.keys(), ...ofB.keys()])];
  const rows = names.map((name) => ({ name, a: ofA.get(name) ?? null, b: ofB.get(name) ?? null }));
  return rows.filter((row) => row.a !== row.b);
}

function inputsOf({ roll, inputs }: Forecast): Map<string, string> {
  return new Map([
    ['roll.preset', roll.preset],
    ...(roll.pool === null ? [] : [['roll.pool', roll.pool] as const]),
    ['roll.nodes', String(roll.nodes.length)],
    ['roll.maxUnavailable', String(roll.maxUnavailable)],
    ...inputs.map(({ name, value }) => [name, value] as const),
  ]);
}
