import { replicate } from '../../experiments/replicate.ts';
import { forecastText } from '../../reports/table.ts';
import type { Command } from '../Command.ts';
import { deliver } from '../deliver.ts';
import { outcomeExitCode } from '../exitCode.ts';
import { loadScenario } from '../loadScenario.ts';
import { type RunOptions, withRunOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { type ReplicationOptions, replicationsOf, withReplications } from '../replicationOptions.ts';
import { forecastFiles } from '../reportFiles.ts';
import { reportTarget } from '../reportTarget.ts';
import { withThreads } from '../threads.ts';
import { version } from '../version.ts';

/** One forecast of a scenario: the verdict on standard output, everything else into a report folder. */
export const runCommand: Command<RunOptions & ReplicationOptions & { scenario: string }> = {
  usage: 'run <scenario>',
  describes: 'forecast one roll: verdict, tables, report folder',
  needs: { what: 'a scenario file', example: 'run scenario.yaml' },
  options: (parser) =>
    withReplications(withRunOptions(parser, 'reports/<scenario name>')).positional('scenario', {
      type: 'string',
      demandOption: true,
      describe: 'scenario file',
    }),
  async run(options, { terminal, overrides }) {
    const replications = replicationsOf(options);
    const scenario = loadScenario(options.scenario, overrides, options.snapshot);
    const folder = await reportTarget(options.out, scenario.name);
    const report = await withProgress(terminal, options, (onDone) =>
      withThreads(options.threads, terminal.interrupted(), (runBatch) => replicate(scenario, { replications, runBatch, version, onDone })),
    );
    await deliver(
      {
        document: report.forecast,
        text: () => forecastText(report.forecast, options.scenario, terminal.style),
        files: forecastFiles(report, scenario),
        folder,
      },
      options,
      terminal,
    );
    return outcomeExitCode(report.forecast.verdict.outcome);
  },
};
