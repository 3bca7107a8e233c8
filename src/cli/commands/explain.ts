import { RollError } from '../../errors.ts';
import { explain } from '../../experiments/explain.ts';
import { explainText } from '../../reports/explainText.ts';
import type { Command } from '../Command.ts';
import { countOf } from '../counts.ts';
import { printResults } from '../deliver.ts';
import { exitCode } from '../exitCode.ts';
import { loadReport } from '../loadReport.ts';
import { type OutputFormat, withFormat } from '../options.ts';
import { version } from '../version.ts';

interface ExplainOptions {
  readonly report: string;
  readonly subject: string;
  readonly attempt: number | undefined;
  readonly format: OutputFormat;
}

/** Makes the run of a report again and says why one pod, workload or node fared as it did. */
export const explainCommand: Command<ExplainOptions> = {
  usage: 'explain <report> <subject>',
  describes: 'why one pod, workload or node fared as it did, and what would have helped',
  needs: { what: 'a report folder and what to explain', example: 'explain reports/shop deployment/web' },
  options: (parser) =>
    withFormat(parser)
      .positional('report', { type: 'string', demandOption: true, describe: 'report folder of rollcast run, or its results.json' })
      .positional('subject', {
        type: 'string',
        demandOption: true,
        describe: 'pod/NAME, pod/NAMESPACE/NAME, workload/NAME, deployment/NAME or node/NAME',
      })
      .option('attempt', {
        type: 'string',
        requiresArg: true,
        defaultDescription: 'the last one that failed',
        describe: 'which attempt to schedule the pod to show node by node',
        coerce: countOf('attempt'),
      }),
  async run({ report, subject, attempt, format }, { terminal, overrides }) {
    const [name] = overrides.keys();
    if (name !== undefined) throw fixed(name);
    const { scenario, seed, rollcast } = loadReport(report);
    if (rollcast !== version) terminal.say(`the report is of rollcast ${rollcast}, this is ${version}: the run may not be the same\n`);
    const document = explain({ scenario, seed, subject, attempt, version });
    printResults(document, format, terminal, () => explainText(document, terminal.style));
    return exitCode.holds;
  },
};

function fixed(name: string): RollError {
  const message = `--${name} cannot be changed: explain makes the run of the report again`;
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint: `make another report: rollcast run SCENARIO --${name} …` }]);
}
