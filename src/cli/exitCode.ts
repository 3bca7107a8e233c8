/** What the process ends with; pipelines decide by it, so a meaning never changes. */
export const exitCode = {
  /** Done, and every objective holds. */
  holds: 0,
  /** An objective fails, `check` found an error, `compare` found B worse, or `verify` disagrees. */
  fails: 1,
  /** The input or an argument is wrong, so that no report was written; or the output cannot be written. */
  wrongInput: 2,
  /** An input that matters is missing, so nothing can be promised. */
  unknown: 3,
  /** A bug in this program. */
  bug: 70,
  /** SIGINT or SIGTERM; earlier results are as they were. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What a verdict ends the process with. */
export function outcomeExitCode(outcome: 'holds' | 'fails' | 'unknown'): ExitCode {
  return exitCode[outcome];
}
