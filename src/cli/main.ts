#!/usr/bin/env node
import { type ExitCode, exitCode } from './exitCode.ts';
import { reportFailure } from './reportFailure.ts';
import { processTerminal } from './Terminal.ts';
import { version } from './version.ts';

const [, program = 'rollcast', ...words] = process.argv;

if (words.length === 1 && words[0] === '--version') process.stdout.write(`${version}\n`);
else process.exitCode = await interruptible(words);

/** Runs the command line. Once a command asks for the signal, the first Ctrl-C or SIGTERM stops its work cleanly and the second one kills. */
async function interruptible(words: readonly string[]): Promise<ExitCode> {
  let stop: AbortController | undefined;
  const terminal = processTerminal(() => {
    stop ??= stoppedByUser();
    return stop.signal;
  });
  try {
    const { commandLine } = await import('./commandLine.ts');
    return await commandLine({ program, words, terminal });
  } catch (error) {
    if (!stop?.signal.aborted) return reportFailure(error, words, terminal);
    terminal.say('interrupted: nothing was written, earlier reports are as they were\n');
    return exitCode.interrupted;
  }
}

/** Listens to Ctrl-C and SIGTERM from now on. */
function stoppedByUser(): AbortController {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop;
}
