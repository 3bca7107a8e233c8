import { RollError } from '../../errors.ts';
import { SEEDS, verify } from '../../experiments/verify.ts';
import { verifyText } from '../../reports/verifyText.ts';
import type { Command } from '../Command.ts';
import { countOf } from '../counts.ts';
import { printResults } from '../deliver.ts';
import { exitCode } from '../exitCode.ts';
import { loadTrace } from '../loadTrace.ts';
import { type OutputFormat, type ThreadOptions, withFormat, withThreadOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { withThreads } from '../threads.ts';
import { version } from '../version.ts';

interface VerifyOptions extends ThreadOptions {
  readonly trace: string;
  readonly seeds: number;
  readonly format: OutputFormat;
}

/** The forecast of a recorded roll beside what happened; ends with 1 when an outcome, an outage or a lost pod differs. */
export const verifyCommand: Command<VerifyOptions> = {
  usage: 'verify <trace>',
  describes: 'forecast a recorded roll and compare with what happened',
  needs: { what: 'a recorded roll', example: 'verify roll.json.gz' },
  options: (parser) =>
    withThreadOptions(withFormat(parser))
      .positional('trace', { type: 'string', demandOption: true, describe: 'recorded roll: JSON, gzipped or not' })
      .option('seeds', {
        type: 'string',
        requiresArg: true,
        default: String(SEEDS),
        describe: 'forecasts per recorded run, which differ only in what is left to chance',
        coerce: countOf('seeds'),
      }),
  async run({ trace, seeds, format, ...options }, { terminal, overrides }) {
    const [name] = overrides.keys();
    if (name !== undefined) throw fixed(name);
    const recording = loadTrace(trace);
    const total = seeds * recording.runs.length;
    const verification = await withProgress(terminal, options, (onDone) =>
      withThreads(options.threads, terminal.interrupted(), (runBatch) =>
        verify(recording, { seeds, version, runBatch, onDone: (done) => onDone(done, total) }),
      ),
    );
    printResults(verification, format, terminal, () => verifyText(verification, terminal.style));
    return verification.holds ? exitCode.holds : exitCode.fails;
  },
};

function fixed(name: string): RollError {
  const message = `--${name} cannot be changed: verify forecasts the roll as it was recorded`;
  return new RollError([{ code: 'ARGUMENT_INVALID', message, hint: 'leave it out; --seeds N varies what is left to chance' }]);
}
