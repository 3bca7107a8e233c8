import { sweep } from '../../experiments/sweep.ts';
import { sweepCharts } from '../../reports/charts.ts';
import { sweepPage, sweepText } from '../../reports/sweepTable.ts';
import type { Command } from '../Command.ts';
import { deliver } from '../deliver.ts';
import { outcomeExitCode } from '../exitCode.ts';
import { type RunOptions, withRunOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { type ReplicationOptions, replicationsOf, withReplications } from '../replicationOptions.ts';
import { comparisonFiles } from '../reportFiles.ts';
import { reportTarget } from '../reportTarget.ts';
import { sweepCells } from '../sweepCells.ts';
import { withThreads } from '../threads.ts';
import { version } from '../version.ts';

interface SweepOptions extends RunOptions, ReplicationOptions {
  readonly scenario: string;
  readonly 'max-unavailable': string | undefined;
  readonly factor: string[];
}

/** Compares settings under the same seeds and recommends one; ends with 1 when none keeps every objective. */
export const sweepCommand: Command<SweepOptions> = {
  usage: 'sweep <scenario>',
  describes: 'compare settings of a roll, recommend one',
  needs: { what: 'a scenario file', example: 'sweep scenario.yaml --max-unavailable 1..5' },
  options: (parser) =>
    withReplications(withRunOptions(parser, 'reports/<scenario name>-sweep'))
      .positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file' })
      .option('max-unavailable', { type: 'string', requiresArg: true, describe: 'values of maxUnavailable to compare: 1..20 or 2,4,8' })
      .option('factor', {
        type: 'string',
        array: true,
        requiresArg: true,
        default: [],
        describe: 'another value to vary: name=level,level; may be repeated',
      }),
  async run(options, { terminal, overrides }) {
    const replications = replicationsOf(options);
    const cells = sweepCells({
      file: options.scenario,
      maxUnavailable: options.maxUnavailable,
      factors: options.factor,
      overrides,
      snapshot: options.snapshot,
    });
    const folder = await reportTarget(options.out, `${cells[0]?.scenario.name ?? 'scenario'}-sweep`);
    const result = await withProgress(terminal, options, (onDone) =>
      withThreads(options.threads, terminal.interrupted(), (runBatch) => sweep(cells, { replications, runBatch, version, onDone })),
    );
    const page = sweepPage(result);
    await deliver(
      {
        document: result,
        text: () => sweepText(result, terminal.style),
        files: comparisonFiles(result, page, sweepCharts(result)),
        folder,
      },
      options,
      terminal,
    );
    return outcomeExitCode(page.verdict.outcome);
  },
};
