import type { Argv } from 'yargs';
import { RollError } from '../errors.ts';
import type { ReplicationCount } from '../experiments/makeReplications.ts';
import { countOf } from './counts.ts';

/** How many runs are made, in one of two ways. */
export interface ReplicationOptions {
  readonly replications: number | undefined;
  /** As written, such as `5%`. */
  readonly precision: string | undefined;
  readonly 'max-replications': number | undefined;
}

/** Adds `--replications`, `--precision` and `--max-replications`. */
export function withReplications<Options>(parser: Argv<Options>) {
  return parser
    .option('replications', {
      type: 'string',
      requiresArg: true,
      defaultDescription: '1',
      describe: 'runs per setting or start, each with its own seed',
      coerce: countOf('replications'),
    })
    .option('precision', {
      type: 'string',
      requiresArg: true,
      describe: 'in place of --replications: as many runs as it takes to know the mean duration and all probabilities within, say, 5%',
    })
    .option('max-replications', {
      type: 'string',
      requiresArg: true,
      defaultDescription: String(MOST_RUNS),
      describe: 'with --precision: where to stop at the latest',
      coerce: countOf('max-replications'),
    });
}

const MOST_RUNS = 1000;

/**
 * How many runs `options` ask for.
 * @throws RollError `ARGUMENT_INVALID` for a precision that is no percentage, and for options that contradict each other.
 */
export function replicationsOf({ replications, precision, 'max-replications': limit }: ReplicationOptions): ReplicationCount {
  if (precision === undefined) {
    if (limit !== undefined) throw invalid('--max-replications goes with --precision', 'write --precision 5% as well');
    return replications ?? 1;
  }
  if (replications !== undefined) throw invalid('--replications and --precision contradict each other', 'leave one of them out');
  const match = /^(\d+(?:\.\d+)?)%$/.exec(precision);
  const within = Number(match?.[1]) / 100;
  if (!(within > 0 && within < 1)) throw invalid('--precision is no percentage above 0% and below 100%', 'write --precision 5%');
  return { within, limit: limit ?? MOST_RUNS };
}

function invalid(message: string, hint: string): RollError {
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint }]);
}
