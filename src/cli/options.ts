import { availableParallelism } from 'node:os';
import type { Argv } from 'yargs';
import { countOf } from './counts.ts';

/** How results are printed on standard output. */
export type OutputFormat = (typeof outputFormats)[number];
export const outputFormats = ['table', 'json', 'yaml'] as const;

/** Whether a large dump has a snapshot beside it. */
export type SnapshotUse = (typeof snapshotUses)[number];
export const snapshotUses = ['keep', 'none'] as const;

/** The options of every command that makes many runs. */
export interface ThreadOptions {
  readonly threads: number;
  readonly quiet: boolean;
}

/** The options of every command that forecasts a scenario. */
export interface RunOptions extends ThreadOptions {
  readonly format: OutputFormat;
  readonly out: string | undefined;
  readonly snapshot: SnapshotUse;
}

/** Adds `--format`. */
export function withFormat<Options>(parser: Argv<Options>) {
  return parser.option('format', {
    choices: outputFormats,
    default: 'table' as const,
    describe: 'what to print; json and yaml print the results document and nothing else',
  });
}

/** Adds `--snapshot`. */
export function withSnapshot<Options>(parser: Argv<Options>) {
  return parser.option('snapshot', {
    choices: snapshotUses,
    default: 'keep' as const,
    describe: 'keep: the first reading of a large dump leaves a snapshot beside it, which later commands read',
  });
}

/** Adds `--threads` and `--quiet`. */
export function withThreadOptions<Options>(parser: Argv<Options>) {
  return parser
    .option('threads', {
      type: 'string',
      requiresArg: true,
      default: String(availableParallelism()),
      defaultDescription: 'all cores',
      describe: 'number of worker threads; results do not depend on it',
      coerce: countOf('threads'),
    })
    .option('quiet', { type: 'boolean', default: false, describe: 'print no progress and no paths on standard error' });
}

/** Adds what every command that forecasts a scenario understands; `out` is the default report folder as the help writes it. */
export function withRunOptions<Options>(parser: Argv<Options>, out: string) {
  return withThreadOptions(withSnapshot(withFormat(parser)))
    .option('out', { type: 'string', requiresArg: true, describe: 'report folder; none writes no report', defaultDescription: out })
    .epilogue('Every value of the scenario is an option too: --roll.maxUnavailable 5 --horizon 6h --seed 7.');
}
