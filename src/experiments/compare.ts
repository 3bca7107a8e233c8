import type { Scenario } from '../scenario/Scenario.ts';
import type { Compared, Comparison } from './Comparison.ts';
import { check } from './check.ts';
import { medianPair, pairsOf } from './compareMetrics.ts';
import { comparisonOf } from './comparisonOf.ts';
import { SCHEMA_VERSION } from './Forecast.ts';
import { forecastOf } from './forecastOf.ts';
import { mergeFindings } from './mergeFindings.ts';
import { type RunFigures, runFiguresOf } from './RunFigures.ts';
import { type RunBatch, type RunOutcome, replicationSeed } from './RunJob.ts';
import { scenarioCaveats, scenarioSettings } from './scenarioDifferences.ts';
import { verdictOf } from './verdict.ts';

/** How many runs of each scenario to make, and who makes them. */
export interface CompareOptions {
  /** At least 1; replication 0 has the seed of A. */
  readonly replications: number;
  readonly runBatch: RunBatch;
  /** Version of this program, for the document. */
  readonly version: string;
  /** Of twice as many runs as there are replications. */
  readonly onDone?: (done: number) => void;
  /** Whether both scenarios have the same cluster. */
  readonly clusters?: 'equal' | 'different';
  /** What the user named, of A and of B; absent: the files of the scenarios. */
  readonly sources?: readonly [a: string, b: string];
  /** What else a reader should mind, besides how the scenarios differ. */
  readonly caveats?: readonly string[];
}

/**
 * Forecasts both scenarios under the seeds of A, so that they differ by what they say and not by luck, and compares them pair by pair.
 *
 * Nodes, workloads, budgets and findings are those of the pair with the median difference in duration.
 */
export async function compare([a, other]: readonly [Scenario, Scenario], options: CompareOptions): Promise<Comparison> {
  const b = { ...other, seed: a.seed };
  const [ofA, ofB] = options.replications === 1 ? await once(a, b, options) : await manyTimes(a, b, options);
  const { version, clusters = 'equal', sources = [a.file, b.file], caveats = [] } = options;
  const sides = [
    { source: sources[0], ...comparedOf(a, ofA, version) },
    { source: sources[1], ...comparedOf(b, ofB, version) },
  ] as const;
  return comparisonOf(sides, {
    version,
    caveats: [...caveats, ...scenarioCaveats([a, other], clusters)],
    settings: scenarioSettings(a, b),
  });
}

/** The runs of one scenario, and the one whose rows are compared. */
interface Made {
  readonly runs: readonly RunFigures[];
  readonly shown: RunOutcome['everything'];
}

async function once(a: Scenario, b: Scenario, { runBatch, onDone = () => {} }: CompareOptions): Promise<[Made, Made]> {
  const [ofA, ofB] = await inFull(a, b, { seed: a.seed, runBatch, onDone });
  return [
    { runs: [runFiguresOf(ofA)], shown: ofA },
    { runs: [runFiguresOf(ofB)], shown: ofB },
  ];
}

async function manyTimes(a: Scenario, b: Scenario, { replications, runBatch, onDone = () => {} }: CompareOptions): Promise<[Made, Made]> {
  const jobs = [a, b].flatMap((scenario) =>
    Array.from({ length: replications }, (_, index) => ({
      scenario,
      seed: replicationSeed(a.seed, index),
      detail: 'figures' as const,
    })),
  );
  const all = await runBatch(jobs, onDone);
  const [runsOfA, runsOfB] = [all.slice(0, replications), all.slice(replications)];
  const [{ seed }] = medianPair(pairsOf(runsOfA, runsOfB));
  const [ofA, ofB] = await inFull(a, b, { seed, runBatch, onDone: () => {} });
  return [
    { runs: runsOfA, shown: ofA },
    { runs: runsOfB, shown: ofB },
  ];
}

async function inFull(
  a: Scenario,
  b: Scenario,
  { seed, runBatch, onDone }: { readonly seed: string; readonly runBatch: RunBatch; readonly onDone: (done: number) => void },
): Promise<[Made['shown'], Made['shown']]> {
  const [ofA, ofB] = await runBatch(
    [a, b].map((scenario) => ({ scenario, seed, detail: 'everything' as const })),
    onDone,
  );
  if (!ofA || !ofB) throw new Error('no run was made');
  return [ofA, ofB];
}

function comparedOf(scenario: Scenario, { runs, shown }: Made, version: string): Omit<Compared, 'source'> {
  const findings = mergeFindings(check(scenario), shown.findings, scenario.warnings);
  return {
    forecast: {
      schemaVersion: SCHEMA_VERSION,
      rollcast: version,
      scenario: scenario.name,
      seed: scenario.seed,
      replications: runs.length,
      verdict: verdictOf(scenario, runs, findings),
      ...forecastOf(scenario, shown, findings),
      ...(runs.length > 1 ? { shownSeed: shown.seed } : {}),
    },
    runs,
  };
}
