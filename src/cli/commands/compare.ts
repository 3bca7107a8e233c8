import { RollError } from '../../errors.ts';
import type { Comparison } from '../../experiments/Comparison.ts';
import { compare } from '../../experiments/compare.ts';
import { comparisonPage, comparisonText } from '../../reports/comparisonTable.ts';
import type { Overrides } from '../../scenario/overrides.ts';
import type { Scenario } from '../../scenario/Scenario.ts';
import type { Command } from '../Command.ts';
import { countOf } from '../counts.ts';
import { deliver } from '../deliver.ts';
import { outcomeExitCode } from '../exitCode.ts';
import { isReport, loadReport } from '../loadReport.ts';
import { loadScenario } from '../loadScenario.ts';
import { type RunOptions, withRunOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { comparisonFiles } from '../reportFiles.ts';
import { reportTarget } from '../reportTarget.ts';
import { sharingCluster } from '../sharingCluster.ts';
import { withThreads } from '../threads.ts';
import { version } from '../version.ts';

interface CompareOptions extends RunOptions {
  readonly a: string;
  readonly b: string;
  readonly replications: number | undefined;
}

/** Two scenarios under the same seeds; ends with 1 when an objective fails in B that A keeps. */
export const compareCommand: Command<CompareOptions> = {
  usage: 'compare <a> <b>',
  describes: 'how B differs from A: two scenarios, or those of two reports, under the same seeds',
  needs: { what: 'two scenarios', example: 'compare scenario.yaml scenario.yaml --b.roll.maxUnavailable 5' },
  options: (parser) =>
    withRunOptions(parser, 'reports/<name of A>-compare')
      .positional('a', { type: 'string', demandOption: true, describe: 'scenario file or report folder' })
      .positional('b', { type: 'string', demandOption: true, describe: 'the one that is seen from A' })
      .option('replications', {
        type: 'string',
        requiresArg: true,
        describe: 'runs of each scenario, under the same seeds; as many as the reports have, or 1',
        coerce: countOf('replications'),
      })
      .epilogue('A value for one of them alone begins with its letter: --a.roll.maxUnavailable 3 --b.roll.maxUnavailable 5.'),
  async run(options, { terminal, overrides }) {
    const { a, b } = loadBoth(options, overrides);
    const folder = await reportTarget(options.out, `${a.scenario.name}-compare`);
    const replications = options.replications ?? Math.max(a.replications, b.replications);
    const result = await withProgress(terminal, options, (onDone) =>
      withThreads(options.threads, terminal.interrupted(), (runBatch) =>
        compare([a.scenario, b.scenario], {
          replications,
          runBatch,
          version,
          clusters: a.scenario.cluster === b.scenario.cluster ? 'equal' : 'different',
          sources: [options.a, options.b],
          caveats: [...a.caveats, ...b.caveats],
          onDone: (done) => onDone(done, 2 * replications),
        }),
      ),
    );
    await deliver(
      deliveryOf(result, folder, () => comparisonText(result, terminal.style)),
      options,
      terminal,
    );
    return outcomeExitCode(result.verdict.outcome);
  },
};

function deliveryOf(result: Comparison, folder: string | undefined, text: () => string): Parameters<typeof deliver>[0] {
  return { document: result, text, files: comparisonFiles(result, comparisonPage(result), []), folder };
}

/** One of the two as it is run, and what is known of it besides. */
interface Side {
  readonly scenario: Scenario;
  /** As many runs as a report of it is about; 1 for a scenario file. */
  readonly replications: number;
  readonly caveats: readonly string[];
}

function loadBoth({ a: fileOfA, b: fileOfB, snapshot }: CompareOptions, overrides: Overrides): Record<'a' | 'b', Side> {
  refuseSeeds(overrides);
  const a = loadSide(fileOfA, valuesFor('a', overrides), snapshot);
  const b = loadSide(fileOfB, valuesFor('b', overrides), snapshot);
  return { a, b: { ...b, scenario: sharingCluster(b.scenario, [a.scenario.cluster]) } };
}

/** The scenario in `file`, or the one that a report was written from, with all of its files as they were. */
function loadSide(file: string, values: Overrides, snapshot: RunOptions['snapshot']): Side {
  if (!isReport(file)) return { scenario: loadScenario(file, values, snapshot), replications: 1, caveats: [] };
  const [name] = values.keys();
  if (name === undefined) {
    const { scenario, replications, rollcast } = loadReport(file);
    const isOther = rollcast !== version;
    return {
      scenario,
      replications,
      caveats: isOther ? [`the report ${file} is of rollcast ${rollcast}, and was run again by ${version}`] : [],
    };
  }
  const message = `--${name}: ${file} is a report, whose scenario is as it was run`;
  throw new RollError([
    { code: 'ARGUMENT_INVALID', message, hint: 'compare the scenario file, or give the value for the other one alone' },
  ]);
}

/** What is given for both, and over it what is given for `side` alone. */
function valuesFor(side: 'a' | 'b', overrides: Overrides): Overrides {
  const both = [...overrides].filter(([name]) => !/^[ab]\./.test(name));
  const own = [...overrides].flatMap(([name, value]) => (name.startsWith(`${side}.`) ? [[name.slice(2), value] as const] : []));
  return new Map([...both, ...own]);
}

function refuseSeeds(overrides: Overrides): void {
  const name = ['a.seed', 'b.seed'].find((seed) => overrides.has(seed));
  if (name === undefined) return;
  const message = `--${name}: both run under the same seeds, or luck would be part of every difference`;
  throw new RollError([{ code: 'ARGUMENT_INVALID', message, hint: 'write --seed for both' }]);
}
