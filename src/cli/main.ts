#!/usr/bin/env node
import { type ExitCode, exitCode } from './exitCode.ts';
import { reportFailure } from './reportFailure.ts';
import { processTerminal, type Terminal } from './Terminal.ts';
import { version } from './version.ts';

const [, program = 'rollcast', ...words] = process.argv;

process.exitCode = await interruptible();

/** Runs the command line. Once a command asks for the signal, the first Ctrl-C or SIGTERM stops its work cleanly and the second one kills. */
async function interruptible(): Promise<ExitCode> {
  let stop: AbortController | undefined;
  const listen = () => {
    stop ??= stoppedByUser();
    return stop.signal;
  };
  const terminal = processTerminal(listen, (error) => process.exit(reportFailure(error, words, terminal)));
  try {
    return await answer(terminal);
  } catch (error) {
    if (!stop?.signal.aborted) return reportFailure(error, words, terminal);
    terminal.say('interrupted: no report was written, earlier reports are as they were\n');
    return exitCode.interrupted;
  }
}

/** Listens to Ctrl-C and SIGTERM from now on. */
function stoppedByUser(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop;
}

/** Does what the words ask for; nothing is loaded for the version alone. */
async function answer(terminal: Terminal): Promise<ExitCode> {
  if (words.length === 1 && words[0] === '--version') {
    terminal.out(`${version}\n`);
    return exitCode.holds;
  }
  const { commandLine } = await import('./commandLine.ts');
  return commandLine({ program, words, terminal });
}
