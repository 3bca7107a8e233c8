import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Overrides } from '../scenario/overrides.ts';
import type { ExitCode } from './exitCode.ts';
import type { Terminal } from './Terminal.ts';

/** One command: its line in the help, its options, and what it does. */
export interface Command<Options> {
  /** As yargs reads it, such as `run <scenario>`. */
  readonly usage: string;
  readonly describes: string;
  /** The words that must follow its name, in plain English, and a call that has them. */
  readonly needs?: { readonly what: string; readonly example: string };
  readonly options: (parser: Argv) => Argv<Options>;
  readonly run: (options: ArgumentsCamelCase<Options>, context: CommandContext) => Promise<ExitCode>;
}

/** What every command gets besides its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Scenario values given as options, such as `--roll.maxUnavailable 5`. */
  readonly overrides: Overrides;
}
