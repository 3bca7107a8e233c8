#!/usr/bin/env node
import { type ExitCode, exitCode } from './exitCode.ts';
import { reportFailure } from './reportFailure.ts';
import { processTerminal } from './Terminal.ts';
import { version } from './version.ts';

const [, program = 'rollcast', ...words] = process.argv;

if (words.length === 1 && words[0] === '--version') process.stdout.write(`${version}\n`);
else process.exitCode = await interruptible(words);

/** Runs the command line; the first Ctrl-C or SIGTERM stops the work cleanly, the second one kills. */
async function interruptible(words: readonly string[]): Promise<ExitCode> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const terminal = processTerminal(stop.signal);
  try {
    const { commandLine } = await import('./commandLine.ts');
    return await commandLine({ program, words, terminal });
  } catch (error) {
    if (!stop.signal.aborted) return reportFailure(error, words, terminal);
    terminal.say('interrupted: nothing was written, earlier reports are as they were\n');
    return exitCode.interrupted;
  }
}
