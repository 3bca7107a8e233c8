import { type Fault, formatFault, RollError } from '../errors.ts';
import { quoteWord } from '../scenario/quoteWord.ts';
import { type ExitCode, exitCode } from './exitCode.ts';
import type { Terminal } from './Terminal.ts';
import { version } from './version.ts';

/** Says on standard error what went wrong and what to do next, and picks the exit code: 2 for wrong input, 70 for a bug of ours. */
export function reportFailure(error: unknown, words: readonly string[], terminal: Terminal): ExitCode {
  const isBug = !(error instanceof RollError) || error.code === 'INTERNAL' || error.code === 'SIM_TIME_REVERSED';
  const faults = error instanceof RollError ? error.faults : [unexpected(error, words)];
  terminal.say(`${faults.map(formatFault).join('\n')}\n`);
  if (!isBug) return exitCode.wrongInput;
  if (error instanceof Error && error.stack) terminal.say(`${terminal.style.paint.dim(error.stack)}\n`);
  terminal.say(`This is a bug in rollcast ${version}: please report it with the text above and the scenario.\n`);
  return exitCode.bug;
}

function unexpected(error: unknown, words: readonly string[]): Fault {
  return {
    code: 'INTERNAL',
    message: error instanceof Error ? error.message : String(error),
    hint: `replay: rollcast ${words.map(quoteWord).join(' ')}`,
  };
}
