/** Every code a {@link RollError} can carry. Closed: a new code is added here first. */
export const errorCodes = [
  'ARCHIVE_INVALID',
  'ARGUMENT_INVALID',
  'FILE_UNREADABLE',
  'INTERNAL',
  'KUBERNETES_CONFLICT',
  'KUBERNETES_INVALID',
  'MEMORY_EXHAUSTED',
  'OUTPUT_UNWRITABLE',
  'REQUEST_INVALID',
  'SCENARIO_INVALID',
  'SCENARIO_SYNTAX',
  'SCENARIO_TOO_LARGE',
  'SCENARIO_UNKNOWN_KEY',
  'SCENARIO_UNKNOWN_NODE',
  'SCENARIO_UNKNOWN_PRESET',
  'SIM_TIME_REVERSED',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** A place in an input file; `line` and `column` count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong: where, what, and the next thing to try. */
export interface Fault {
  readonly code: ErrorCode;
  /** Dotted path inside the document, such as `roll.maxUnavailable`; absent when the whole file is meant. */
  readonly path?: string;
  readonly position?: Position;
  readonly message: string;
  readonly hint?: string;
}

/**
 * The only error this program throws on purpose; it carries every fault that was found, in file order.
 *
 * An expected outcome of a simulation (unschedulable, refused eviction, timed-out drain) is a value, never a RollError.
 */
export class RollError extends Error {
  readonly faults: readonly [Fault, ...Fault[]];

  constructor(faults: readonly [Fault, ...Fault[]]) {
    super(faults.map((fault) => fault.message).join('\n'));
    this.name = 'RollError';
    this.faults = faults;
  }

  /** The code of the first fault. */
  get code(): ErrorCode {
    return this.faults[0].code;
  }
}

/** Throws one RollError with all `faults` in file order, or returns when there are none. */
export function throwFaults(faults: readonly Fault[]): void {
  const [first, ...rest] = [...faults].sort(inFileOrder);
  if (first) throw new RollError([first, ...rest]);
}

/** Renders a fault as `file:line:column: CODE at path: message` with its hint on a second, indented line. */
export function formatFault(fault: Fault): string {
  const where = fault.position ? `${fault.position.file}:${fault.position.line}:${fault.position.column}: ` : '';
  const at = fault.path ? ` at ${fault.path}` : '';
  const hint = fault.hint ? `\n  hint: ${fault.hint}` : '';
  return `${where}${fault.code}${at}: ${fault.message}${hint}`;
}

function inFileOrder(a: Fault, b: Fault): number {
  const fileA = a.position?.file ?? '';
  const fileB = b.position?.file ?? '';
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0);
}
