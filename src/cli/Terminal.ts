import { fstatSync, writeSync } from 'node:fs';
import { createColors } from 'picocolors';
import { RollError } from '../errors.ts';
import type { TerminalStyle } from '../reports/table.ts';

/** Where a command writes to, and how it learns that it should stop. */
export interface Terminal {
  /** Results, and nothing else. */
  readonly out: (text: string) => void;
  /** Everything that is said about the work: progress, paths, faults. */
  readonly say: (text: string) => void;
  readonly style: TerminalStyle;
  /** Whether somebody watches standard error. */
  readonly isWatched: boolean;
  /**
   * Aborts when the user wants to stop. Until a command first calls this, the system ends the program at once. That is right for work on
   * the main thread, which could not react to a signal and leaves nothing half done.
   */
  readonly interrupted: () => AbortSignal;
}

const NARROWEST = 60;
const WIDEST = 160;

/**
 * The terminal of this process.
 *
 * Colours follow NO_COLOR and FORCE_COLOR; in a pipe text is 100 columns wide, so that its bytes do not depend on the machine. A reader
 * that closes the pipe early (`| head`) ends the output, not the work; when results cannot be written for another reason, `onUnwritable`
 * gets an `OUTPUT_UNWRITABLE`. Messages that cannot be written to standard error are lost. `listen` is called each time a command asks for
 * the signal that tells it to stop.
 */
export function processTerminal(listen: () => AbortSignal, onUnwritable: (error: RollError) => void): Terminal {
  const { stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') onUnwritable(unwritable(error));
  });
  stderr.on('error', () => {});
  const columns = stdout.isTTY ? stdout.columns : 100;
  return {
    out: fstatSync(stdout.fd).isFile() ? writeToFile(stdout.fd) : writeTo(stdout),
    say: writeTo(stderr),
    style: { width: Math.min(WIDEST, Math.max(NARROWEST, columns)), paint: createColors(hasColours(process.env, stdout)) },
    isWatched: stderr.isTTY === true,
    interrupted: listen,
  };
}

/** Whether text for `stream` has colours: FORCE_COLOR decides if it is set (`0` and `false` mean none), else only a terminal has them. */
export function hasColours(environment: NodeJS.ProcessEnv, stream: { readonly isTTY?: boolean }): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: unwanted, TERM: kind } = environment;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && unwanted === undefined && kind !== 'dumb';
}

function writeTo(stream: NodeJS.WriteStream): (text: string) => void {
  return (text) => void (stream.writable && stream.write(text));
}

/** Writes all of a text, or throws `OUTPUT_UNWRITABLE`. Node's own stream for a file takes a partial write on a full disk for success. */
function writeToFile(descriptor: number): (text: string) => void {
  return (text) => {
    const bytes = Buffer.from(text);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    } catch (error) {
      throw error instanceof Error ? unwritable(error) : error;
    }
  };
}

function unwritable({ code, message }: NodeJS.ErrnoException): RollError {
  return new RollError([
    {
      code: 'OUTPUT_UNWRITABLE',
      message: `standard output cannot be written (${code ?? message})`,
      hint: 'send it to a place with room, or read results.json in the report folder',
    },
  ]);
}
