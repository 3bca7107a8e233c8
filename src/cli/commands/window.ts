import { RollError } from '../../errors.ts';
import { searchWindow } from '../../experiments/searchWindow.ts';
import { startsBetween, weekFrom } from '../../experiments/startsBetween.ts';
import { windowCharts } from '../../reports/charts.ts';
import { windowPage, windowText } from '../../reports/windowTable.ts';
import { parseStart } from '../../scenario/parseStart.ts';
import type { Scenario, ZonedStart } from '../../scenario/Scenario.ts';
import { parseDuration } from '../../units.ts';
import type { Command } from '../Command.ts';
import { deliver } from '../deliver.ts';
import { outcomeExitCode } from '../exitCode.ts';
import { loadScenario } from '../loadScenario.ts';
import { type RunOptions, withRunOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { type ReplicationOptions, replicationsOf, withReplications } from '../replicationOptions.ts';
import { windowFiles } from '../reportFiles.ts';
import { reportTarget } from '../reportTarget.ts';
import { withThreads } from '../threads.ts';
import { version } from '../version.ts';

interface WindowOptions extends RunOptions, ReplicationOptions {
  readonly scenario: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly every: string;
}

/** Tries starts over days or weeks and ranks them; ends with 1 when even the best breaks an objective. */
export const windowCommand: Command<WindowOptions> = {
  usage: 'window <scenario>',
  describes: 'find the off-peak window: try many starts, rank them',
  needs: { what: 'a scenario file', example: 'window scenario.yaml --every 1h' },
  options: (parser) =>
    withReplications(withRunOptions(parser, 'reports/<scenario name>-window'))
      .positional('scenario', { type: 'string', demandOption: true, describe: 'scenario file' })
      .option('from', {
        type: 'string',
        requiresArg: true,
        describe: 'first start, such as 2026-11-23T00:00[Europe/Berlin]; by default that of the scenario',
      })
      .option('to', { type: 'string', requiresArg: true, describe: 'end of the range of starts, a week later by default' })
      .option('every', {
        type: 'string',
        requiresArg: true,
        default: '1h',
        describe: 'time between two starts; whole days keep the time of day',
      }),
  async run(options, { terminal, overrides }) {
    const replications = replicationsOf(options);
    const scenario = loadScenario(options.scenario, overrides, options.snapshot);
    const starts = startsFor(scenario, options);
    const folder = await reportTarget(options.out, `${scenario.name}-window`);
    const result = await withProgress(terminal, options, (onDone) =>
      withThreads(options.threads, terminal.interrupted(), (runBatch) =>
        searchWindow(scenario, starts, { replications, runBatch, version, onDone }),
      ),
    );
    const page = windowPage(result);
    await deliver(
      {
        document: result,
        text: () => windowText(result, terminal.style),
        files: windowFiles(result, page, windowCharts(result)),
        folder,
      },
      options,
      terminal,
    );
    return outcomeExitCode(page.verdict.outcome);
  },
};

const MOST_STARTS = 10_000;

function startsFor({ start }: Scenario, { from, to, every }: Pick<WindowOptions, 'from' | 'to' | 'every'>): ZonedStart[] {
  const first = from === undefined ? weekFrom(start).from : readStart('--from', from);
  const end = to === undefined ? weekFrom(first).to : readStart('--to', to);
  const step = parseDuration(every);
  if (step === undefined || step === 0) throw invalid(`--every does not understand "${every}"`, 'write a duration such as 30m or 1h');
  const count = (end.epochMilliseconds - first.epochMilliseconds) / step;
  if (count <= 0) throw invalid('--to is not after --from', 'write a later --to');
  if (count > MOST_STARTS) throw invalid(`more than ${MOST_STARTS} starts`, 'make --every longer, or --to earlier');
  return startsBetween(first, end, step);
}

function readStart(option: string, text: string): ZonedStart {
  const start = parseStart(text);
  if ('problem' in start) throw invalid(`${option}: ${start.problem}`, start.hint);
  return start;
}

function invalid(message: string, hint: string): RollError {
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint }]);
}
