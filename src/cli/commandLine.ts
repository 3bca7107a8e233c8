import { basename } from 'node:path';
import yargs, { type Argv } from 'yargs';
import { RollError } from '../errors.ts';
import type { Command, CommandContext } from './Command.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { explainCommand } from './commands/explain.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { presetsCommand } from './commands/presets.ts';
import { runCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { sweepCommand } from './commands/sweep.ts';
import { verifyCommand } from './commands/verify.ts';
import { windowCommand } from './commands/window.ts';
import { requireCounts } from './counts.ts';
import { type ExitCode, exitCode } from './exitCode.ts';
import { readOverrides } from './readOverrides.ts';
import type { Terminal } from './Terminal.ts';
import { version } from './version.ts';
import { type Asked, wrongWords } from './wrongWords.ts';

/** One call of the program: the name it was called by, the words after it, and where it writes. */
export interface Call {
  readonly program: string;
  readonly words: readonly string[];
  readonly terminal: Terminal;
}

/**
 * Reads `words` and does what they ask for.
 * @throws RollError for everything that the user can put right.
 */
export async function commandLine({ program, words, terminal }: Call): Promise<ExitCode> {
  const parted = readOverrides(words);
  const context: CommandContext = { terminal, overrides: parted.overrides };
  const name = basename(program).startsWith('kubectl-') ? 'kubectl rollcast' : 'rollcast';
  const calls: (() => Promise<ExitCode>)[] = [];
  const commands: Pick<Command<never>, 'usage' | 'needs'>[] = [];
  const add = <Options>(parser: Argv, command: Command<Options>): Argv => {
    commands.push(command);
    return parser.command(command.usage, command.describes, command.options, (options) => {
      calls.push(() => command.run(options, context));
    });
  };
  let parser = frame(yargs(), { name, word: parted.words[0], commands }, terminal);
  parser = add(parser, runCommand);
  parser = add(parser, sweepCommand);
  parser = add(parser, windowCommand);
  parser = add(parser, compareCommand);
  parser = add(parser, explainCommand);
  parser = add(parser, verifyCommand);
  parser = add(parser, checkCommand);
  parser = add(parser, initCommand);
  parser = add(parser, importCommand);
  parser = add(parser, schemaCommand);
  parser = add(parser, presetsCommand);
  await parser.parseAsync(parted.words.map(named));
  return (await calls[0]?.()) ?? exitCode.holds;
}

/** A lone `-` by the path that means the same: yargs drops it from words that are a list. */
function named(word: string): string {
  return word === '-' ? '/dev/stdin' : word;
}

function frame(parser: Argv, asked: Asked, { style }: Terminal): Argv {
  return parser
    .scriptName(asked.name)
    .usage('$0 <command>\n\nForecasts a rolling node reset of a Kubernetes node pool before anyone presses the button.')
    .parserConfiguration({ 'dot-notation': false, 'boolean-negation': false, 'greedy-arrays': false })
    .middleware(keepLast, true)
    .demandCommand(1, 'a command is needed')
    .completion('completion', 'print a script for shell completion')
    .strict()
    .check(requireCounts)
    .wrap(Math.min(style.width, 110))
    .version(version)
    .alias('help', 'h')
    .epilogue(epilogue)
    .exitProcess(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      throw error instanceof RollError ? error : wrongWords(message ?? error?.message ?? 'wrong arguments', asked);
    });
}

/** When an option is given several times, the last one counts, as it does for scenario values; options that are lists keep all. */
function keepLast(options: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(options)) {
    if (Array.isArray(value) && !LISTS.includes(name)) options[name] = value.at(-1);
  }
}

/** What is a list: the option of that kind, and the words that are none. */
const LISTS = ['dump', 'factor', '_'];

const epilogue = [
  'Every value of a scenario is an option too: --roll.maxUnavailable 5 --horizon 6h --seed 7.',
  'Exit codes: 0 objectives hold, 1 one fails, 2 wrong input, 3 unknown, 70 a bug, 130 interrupted.',
].join('\n');
